using System.Globalization;
using Monitoring.App.Web;
using Monitoring.Names.Advice;
using Monitoring.Watchlist;

namespace Monitoring.App.Commands;

/// <summary>What the <c>watchlist</c> commands say about the names of persons: compact on screen, complete as JSON.</summary>
internal static class WatchlistAdvice
{
    private const int MostShown = 20;
    private const int MostOthers = 3;

    /// <summary>Of the persons that a file holds, those with something to say.</summary>
    /// <param name="isAsked">Whether a person is among those to speak of.</param>
    public static IReadOnlyList<NameAdvice> Of(WatchlistSnapshot list, Func<Person, bool> isAsked)
    {
        var advisor = new NameAdvisor(list.Persons, list.Outlets);
        return [.. list.Persons.Where(isAsked).Select(advisor.For).Where(advice => advice.HasSomethingToSay)];
    }

    public static object Json(NameAdvice advice) => new
    {
        advice.Person.Id,
        advice.Person.Name,
        advice.Rarity,
        advice.FrequentIn,
        evidence = advice.Evidence.Chosen,
        evidenceStated = advice.Evidence.IsStated,
        grounds = advice.Evidence.Grounds,
        advice.NeedsContext,
        collisions = advice.Collisions.Select(collision => new { collision.Kind, otherKind = collision.Other.Kind, collision.Other.Id, collision.Other.Name }),
    };

    public static void Show(Screen screen, IReadOnlyList<NameAdvice> all)
    {
        foreach (var advice in all.Take(MostShown))
        {
            screen.Line($"{advice.Person.Name}: {AdviceWords.Of(advice.Evidence)}");
            foreach (var collision in advice.Collisions.Take(MostOthers))
            {
                screen.Line($"  {AdviceWords.Of(collision.Kind)}: {collision.Other.Name}");
            }

            if (advice.Collisions.Count > MostOthers)
            {
                screen.Line(string.Create(CultureInfo.InvariantCulture, $"  … and {advice.Collisions.Count - MostOthers} more."));
            }

            if (advice.NeedsContext)
            {
                screen.Line("  Give the entry context words, or namesakes cannot be told apart.");
            }
        }

        if (all.Count > MostShown)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"… and {all.Count - MostShown} more names to be careful with; --json lists all."));
        }
    }
}
