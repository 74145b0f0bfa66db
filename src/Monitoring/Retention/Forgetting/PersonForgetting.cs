using System.Globalization;
using Monitoring.Items;
using Monitoring.Review;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Forgetting;

/// <summary>
/// Forgets a listed person or a recipient. In this order: a salted trace and an audit entry; the entry retired, so that nobody matches or mails it any
/// more; every part of the store; and again, until a walk finds nothing; then the entry itself, last, by which a run after a crash finds what to do.
/// </summary>
public sealed class PersonForgetting(
    WatchlistStore watchlist, FindingStore findings, ForgottenTraces traces, AuditLog audit, IEnumerable<IForgetStep> steps)
{
    /// <summary>More walks than that are needed only if somebody goes on writing the name.</summary>
    private const int MostWalks = 5;

    /// <summary>Persons and recipients of this id, or else of this exact name; retired ones too.</summary>
    public async Task<IReadOnlyList<Entry>> FindAsync(string idOrName, CancellationToken cancellationToken)
    {
        var all = new List<Entry>();
        await foreach (var stamp in watchlist.ListStampsAsync(cancellationToken))
        {
            if (stamp.Kind is EntryKind.Person or EntryKind.Recipient && await watchlist.FindAsync(stamp.Kind, stamp.Id, cancellationToken) is { Entry: { } entry }
                && (entry.Id == idOrName || Erasure.NamesOf(entry).Contains(idOrName, StringComparer.Ordinal)))
            {
                all.Add(entry);
            }
        }

        return all.Find(entry => entry.Id == idOrName) is { } byId ? [byId] : all;
    }

    /// <summary>What would be done; changes nothing.</summary>
    public async Task<ForgetRun> LookAsync(Entry entry, ForgetScope scope, CancellationToken cancellationToken)
    {
        var run = await BeginAsync(entry, "person", scope, apply: false, cancellationToken);
        await WalkAsync(run, cancellationToken);
        return run;
    }

    /// <param name="who">Who does it; for the audit log.</param>
    /// <param name="note">Told after each walk how many rows and blobs it changed.</param>
    /// <returns>What the first walk changed, and the pseudonym.</returns>
    public async Task<ForgetRun> ForgetAsync(Entry entry, ForgetScope scope, string who, Action<int> note, CancellationToken cancellationToken)
    {
        var trace = await traces.BeginAsync(entry, cancellationToken);
        var noted = await audit.BeginAsync(trace.Pseudonym, who, "forgotten", $"salt {Convert.ToHexStringLower(trace.Salt)}, hashes {string.Join(' ', trace.Hashes)}", cancellationToken);
        await watchlist.RetireNowAsync(entry, cancellationToken);

        // The words by which it was found are read once: a walk erases them.
        var first = await BeginAsync(entry, trace.Pseudonym, scope, apply: true, cancellationToken);
        await WalkAsync(first, cancellationToken);
        for (var (walk, last) = (1, first); Changed(last) > 0 && walk < MostWalks; walk++)
        {
            note(Changed(last));
            last = new ForgetRun(entry, first.Erasure, await EntriesAsync(cancellationToken), scope, Apply: true);
            await WalkAsync(last, cancellationToken);
        }

        await audit.NoteAsync(noted, Summary(first), cancellationToken);
        await watchlist.RemoveAsync(entry, cancellationToken);
        await audit.ConfirmAsync(noted, cancellationToken);
        return first;
    }

    private static string Summary(ForgetRun run) => string.Join(", ", run.Counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key}")));

    private static int Changed(ForgetRun run) => run.Counts.Where(count => count.Key is not (ItemStep.KeptTexts or ListStep.ByHand)).Sum(count => count.Value);

    private async Task<ForgetRun> BeginAsync(Entry entry, string pseudonym, ForgetScope scope, bool apply, CancellationToken cancellationToken)
    {
        var surfaces = await findings.ListSurfacesAsync(entry.Id, cancellationToken);
        return new ForgetRun(entry, new Erasure(entry, surfaces, pseudonym), await EntriesAsync(cancellationToken), scope, apply);
    }

    private async Task<IReadOnlyList<EntryStamp>> EntriesAsync(CancellationToken cancellationToken) => await watchlist.ListStampsAsync(cancellationToken).ToListAsync(cancellationToken);

    private async Task WalkAsync(ForgetRun run, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            await step.TakeAsync(run, cancellationToken);
        }
    }
}
