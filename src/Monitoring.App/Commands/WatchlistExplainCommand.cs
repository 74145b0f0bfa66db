using System.CommandLine;
using Monitoring.App.Hosting;
using Monitoring.App.Web;
using Monitoring.Names.Advice;
using Monitoring.Watchlist;

namespace Monitoring.App.Commands;

/// <summary><c>watchlist explain</c>: all that is known about one listed name: spellings, case forms, collisions, rarity and the evidence asked for.</summary>
internal static class WatchlistExplainCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("name-or-id") { Description = "A person of the list, by id, name or listed spelling." };
        var file = new Option<string?>("--watchlist") { Description = "A watch-list file; without it the stored list." };
        var command = new Command("explain", "Say how a listed person is found, what the name may be taken for, and why.") { name, file, CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var list = parsed.GetValue(file) is { } path ? WatchlistSource.Snapshot(path, context.World.Time.GetUtcNow()) : await StoredAsync(context, parsed, cancellationToken);
            var asked = parsed.GetRequiredValue(name);
            var persons = list.Persons.Where(person => person.Id == asked || person.Aliases.Select(alias => alias.Name).Append(person.Name).Contains(asked, StringComparer.OrdinalIgnoreCase)).ToList();
            var advisor = new NameAdvisor(list.Persons, list.Outlets);
            var all = persons.Select(person => (Advice: advisor.For(person), Ways: NameAdvisor.WaysToWrite(person))).ToList();
            if (parsed.GetValue(CommonOptions.Json))
            {
                context.Screen.WriteJson(all.Select(one => new { advice = WatchlistAdvice.Json(one.Advice), one.Ways.Spellings, one.Ways.Forms }));
            }
            else if (persons.Count == 0)
            {
                context.Screen.Line("No person of the list has this name or id.");
            }

            foreach (var (advice, (spellings, forms)) in parsed.GetValue(CommonOptions.Json) ? [] : all)
            {
                Show(context.Screen, advice, spellings, forms);
            }

            return persons.Count > 0 ? ExitCode.Success : ExitCode.AnswerIsNo;
        });
        return command;
    }

    private static async Task<WatchlistSnapshot> StoredAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var station = await context.OpenStationAsync(parsed.LoadSettings(), cancellationToken);
        return await station.Get<WatchlistStore>().LoadAsync(cancellationToken);
    }

    private static void Show(Screen screen, NameAdvice advice, IReadOnlyList<string> spellings, IReadOnlyList<string> forms)
    {
        screen.Line($"{advice.Person.Name} ({advice.Person.Id})");
        screen.Line($"  also written:  {string.Join(", ", spellings)}");
        screen.Line($"  in cases:      {string.Join(", ", forms)}");
        screen.Line($"  rarity:        {AdviceWords.Of(advice.Rarity, advice.FrequentIn)}");
        screen.Line($"  evidence:      {AdviceWords.Of(advice.Evidence)}");
        foreach (var collision in advice.Collisions)
        {
            screen.Line($"  taken for:     {collision.Other.Name} ({AdviceWords.Of(collision.Kind)})");
        }

        if (advice.NeedsContext)
        {
            screen.Line("  Give the entry context words, or namesakes cannot be told apart.");
        }
    }
}
