using Monitoring.Watchlist;

namespace Monitoring.Retention.Forgetting;

/// <summary>
/// What other entries of the watch list say about the person: notes, and the subjects that recipients chose or follow. In place of a chosen subject stands the
/// pseudonym: a recipient who chose only this person must not get everything. Names of other entries are for people to change; they are counted.
/// </summary>
public sealed class ListStep(WatchlistStore watchlist) : IForgetStep
{
    /// <summary>The name of a count that no walk brings to nothing.</summary>
    public const string ByHand = "entries of the watch list that carry the name themselves, to be changed by hand";

    public async Task TakeAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        foreach (var stamp in run.Entries.Where(stamp => !stamp.IsRetired && stamp.Id != run.Erasure.Id))
        {
            if (await watchlist.FindAsync(stamp.Kind, stamp.Id, cancellationToken) is not { } present)
            {
                continue;
            }

            var (entry, fresh) = present;
            var without = Without(entry, run.Erasure);
            if (!ReferenceEquals(entry, without))
            {
                run.Count("other entries of the watch list");
                await (run.Apply ? watchlist.EditAsync(without, fresh, "forget", cancellationToken) : Task.CompletedTask);
            }

            if (Erasure.NamesOf(entry).Any(run.Erasure.IsIn))
            {
                run.Count(ByHand);
            }
        }
    }

    private static Entry Without(Entry entry, Erasure erasure)
    {
        var note = entry.Note is null ? null : erasure.Rename(entry.Note);
        var without = note == entry.Note ? entry : entry with { Note = note };
        return without is Recipient recipient && ChosenBy(recipient).Any(erasure.IsIn) ? Without(recipient, erasure) : without;
    }

    private static IEnumerable<string> ChosenBy(Recipient recipient) =>
        [.. recipient.Only, .. recipient.Follow, .. recipient.Rules.SelectMany(rule => rule.Subjects), .. recipient.Rules.Select(rule => rule.Name).OfType<string>()];

    private static Recipient Without(Recipient recipient, Erasure erasure)
    {
        return recipient with
        {
            Only = Renamed(recipient.Only),
            Follow = Renamed(recipient.Follow),
            Rules = [.. recipient.Rules.Select(rule => rule with { Name = rule.Name is null ? null : erasure.Rename(rule.Name), Subjects = Renamed(rule.Subjects) })],
        };

        IReadOnlyList<string> Renamed(IReadOnlyList<string> subjects) => [.. subjects.Select(subject => erasure.IsIn(subject) ? erasure.Pseudonym : subject)];
    }
}
