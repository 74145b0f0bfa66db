using System.Text.RegularExpressions;
using Monitoring.App.Commands;
using Monitoring.App.Hosting;
using Monitoring.Review;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.App.Web.Recipients;

/// <param name="Saved">The id of the recipient; null if nothing was saved.</param>
/// <param name="Problems">By the field of the form they are about, in its order.</param>
/// <param name="IsLost">Somebody else was faster: what was typed can be saved over it.</param>
internal sealed record RecipientSaving(string? Saved, IReadOnlyList<(string Field, string Message)> Problems, bool IsLost = false);

/// <summary>Saves what was typed in the form of a recipient, if the rules of the watch-list file find nothing wrong.</summary>
internal static partial class RecipientEditor
{
    public const string Editor = "an editor";

    /// <summary>An active recipient as it stands now; null if there is none.</summary>
    public static async Task<(Recipient Recipient, EntryStamp Stamp)?> FindAsync(WatchlistStore store, string id, CancellationToken cancellationToken) =>
        FieldRules.IsId(id) && await store.FindAsync(EntryKind.Recipient, id, cancellationToken) is { Entry: Recipient recipient, Stamp: { IsRetired: false } stamp } ? (recipient, stamp) : null;

    /// <param name="seen">The recipient as the editor saw it, whose stamp is now another if somebody was faster; null: a new one.</param>
    /// <param name="etag">Of what the editor saw.</param>
    public static async Task<RecipientSaving> SaveAsync(
        RecipientDraft draft, (Recipient Recipient, EntryStamp Stamp)? seen, string etag, WatchlistReader watchlist, RecipientDecisions decisions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (fields, kept) = draft.Write();
        var list = await watchlist.GetAsync(cancellationToken);
        var id = seen?.Recipient.Id ?? Composition.NewId();
        var (entry, problems) = WatchlistCheck.CheckOne(EntryKind.Recipient, fields, id, list, WatchlistSource.ProblemsOf(now));
        if (entry is not Recipient recipient)
        {
            return new RecipientSaving(null, [.. problems.Select(problem => (FieldOf(problem.Path, kept), problem.Message))]);
        }

        if (list.Recipients.FirstOrDefault(other => other.Id != id && EntryRow.IdentityOf(other) == EntryRow.IdentityOf(recipient)) is { } other)
        {
            return new RecipientSaving(null, [("address", $"is that of '{other.Name}' already")]);
        }

        if (seen is { } before && before.Stamp.ETag != etag)
        {
            return new RecipientSaving(null, [], IsLost: true);
        }

        return await decisions.SaveAsync(recipient, seen?.Stamp, Changes(seen?.Recipient, recipient), Editor, cancellationToken) is SaveResult.Saved
            ? new RecipientSaving(id, [])
            : new RecipientSaving(null, [], IsLost: true);
    }

    /// <summary>Where in the form a problem of the file's rules belongs: without the place in a list, and by the form's own number of the rule.</summary>
    private static string FieldOf(string path, IReadOnlyList<int> kept)
    {
        var field = path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var inRule = Rule().Match(field);
        return inRule.Success
            ? RecipientDraft.PathOf(kept[int.Parse(inRule.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)], inRule.Groups[2].Value)
            : field.Split('[')[0];
    }

    /// <summary>Names of the fields that differ.</summary>
    private static string Changes(Recipient? before, Recipient after)
    {
        var form = EntryForm.Of(EntryKind.Recipient);
        var (old, now) = (before is null ? null : EntryRow.Write(before), EntryRow.Write(after));
        return string.Join(", ", form.Write(before ?? after).Fields.Concat(form.Write(after).Fields).Select(field => field.Key).Distinct(StringComparer.Ordinal)
            .Where(field => old is null || EntryRow.TextOf(old, field) != EntryRow.TextOf(now, field)));
    }

    [GeneratedRegex(@"^rules\[(\d+)\]\.([a-zA-Z]+)")]
    private static partial Regex Rule();
}
