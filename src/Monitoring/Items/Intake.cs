using Monitoring.Evidence;
using Monitoring.Languages;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>A visit's answer, as intake needs it.</summary>
/// <param name="Items">As the source told them.</param>
/// <param name="Language">As the source says.</param>
/// <param name="IsBaseline">The source's first visit.</param>
/// <param name="Seen">What the last visit left (<see cref="IntakeResult.Seen"/>).</param>
public sealed record Delivery(Source Source, IReadOnlyList<IncomingItem> Items, string? Language, HttpExchange Exchange, bool IsBaseline, SeenMarks Seen)
{
    /// <summary>An earlier document of the source called different things by one guid.</summary>
    public bool GuidsRepeat { get; init; }

    /// <summary>When the source came on the list. What was published since is news, also if no visit could be made before.</summary>
    public DateTimeOffset? ListedAt { get; init; }
}

/// <param name="HasWaiting">Items wait for understanding: new, changed, or left by a crash.</param>
/// <param name="Seen">To be stored in the source's row, last.</param>
/// <param name="GuidsRepeat">So is this.</param>
public sealed record IntakeResult(int New, int Changed, bool HasWaiting, SeenMarks Seen, bool GuidsRepeat);

/// <summary>
/// Stores what a visit brought, each item once: capture, articles to be read, texts, items, pending rows, in this order; of a changed item first the version
/// that it was. Idempotent: after a crash the next visit brings the same items and this step adds what is missing. An item that is stored but was never
/// understood gets its pending row again; one that retention removed is not taken in again.
/// </summary>
public sealed class Intake(ItemStore store, ItemVersions versions, CaptureStore captures, ArticleAsking articles)
{
    private const int MaxSummary = 300;
    private const int MaxTitle = 1000;
    private const int MaxLink = 8000;

    /// <summary>For more items it is asked first whether the source has any.</summary>
    private const int MostSingleLooks = 4;

    public async Task<IntakeResult> AcceptAsync(Delivery delivery, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<IncomingItem> items = [.. delivery.Items.Select(Clean).Where(item => item.Title.Length + item.Text.Length > 0)];
        var guidsRepeat = delivery.GuidsRepeat || HaveRepeatedGuid(items);
        var unseen = Unseen(delivery, items, guidsRepeat, out var seen);
        var added = new List<(ItemKey Key, IncomingItem Item)>();
        var changed = new List<(Item Stored, IncomingItem Item)>();
        var waiting = new List<ItemKey>();
        var isFirst = unseen.Count > MostSingleLooks && await store.IsEmptyAsync(delivery.Source.Id, cancellationToken);
        foreach (var (key, item) in unseen)
        {
            switch (isFirst ? default : await LookUpAsync(key, item, guidsRepeat, cancellationToken))
            {
                case { Removed: { } removed }:
                    await store.MeetAgainAsync(removed, item.ContentHash, cancellationToken);
                    break;
                case { Item: null }:
                    added.Add((key, item));
                    break;
                case { Item: var stored } when stored.ContentHash != item.ContentHash:
                    changed.Add((stored, item));
                    break;
                case { Item: { UnderstoodBy: null } left }:
                    waiting.Add(left.Key);
                    break;
                default:
                    break;
            }
        }

        if (added.Count + changed.Count > 0)
        {
            await StoreAsync(delivery, added, changed, now, cancellationToken);
        }

        await store.AddPendingAsync(waiting, cancellationToken);
        return new IntakeResult(added.Count, changed.Count, added.Count + changed.Count + waiting.Count > 0, seen, guidsRepeat);
    }

    /// <summary>Some content systems give all items one guid: trusting it would keep the first and lose the others.</summary>
    private static bool HaveRepeatedGuid(IReadOnlyList<IncomingItem> items) => items
        .Where(item => item.SourceGuid is { Length: > 0 }).GroupBy(item => item.SourceGuid!, item => ItemKey.Place(item.Link, item.Title), StringComparer.Ordinal)
        .Any(places => places.Distinct(StringComparer.Ordinal).Skip(1).Any());

    /// <summary>What was stored while the source's guids could be trusted stays what it is.</summary>
    private async Task<(Item? Item, ItemTrace? Removed)> LookUpAsync(ItemKey key, IncomingItem item, bool guidsRepeat, CancellationToken cancellationToken)
    {
        var found = await store.LookUpAsync(key, cancellationToken);
        if (!guidsRepeat || found is not (null, null))
        {
            return found;
        }

        var before = await store.LookUpAsync(ItemKey.Of(key.SourceId, item), cancellationToken);
        return before.Item is { } stored && ItemKey.Place(stored.Link, stored.Title) == ItemKey.Place(item.Link, item.Title) ? before : found;
    }

    /// <summary>The items whose marks the last visit did not leave, each once (the first of a repeated key counts).</summary>
    private static List<(ItemKey Key, IncomingItem Item)> Unseen(Delivery delivery, IReadOnlyList<IncomingItem> items, bool guidsRepeat, out SeenMarks seen)
    {
        var marks = new List<long>();
        var keys = new HashSet<ItemKey>();
        var unseen = new List<(ItemKey, IncomingItem)>();
        foreach (var item in items)
        {
            var key = guidsRepeat ? ItemKey.OfRepeatedGuid(delivery.Source.Id, item) : ItemKey.Of(delivery.Source.Id, item);
            if (!keys.Add(key))
            {
                continue;
            }

            var mark = SeenMarks.Mark(key, item.ContentHash);
            marks.Add(mark);
            if (!delivery.Seen.Contains(mark))
            {
                unseen.Add((key, item));
            }
        }

        seen = new SeenMarks(marks);
        return unseen;
    }

    private async Task StoreAsync(
        Delivery delivery, List<(ItemKey Key, IncomingItem Item)> added, List<(Item Stored, IncomingItem Item)> changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var capture = await captures.AddAsync(delivery.Source.Id, delivery.Exchange, keepBody: true, cancellationToken);
        IReadOnlyList<(Item Item, string Text)> news = [.. added.Select(pair => (Make(delivery, pair.Key, pair.Item, capture, now), pair.Item.Text))];
        IReadOnlyList<(Item Item, string Text)> versions = [.. changed.Select(pair => (Make(delivery, pair.Stored.Key, pair.Item, capture, now), pair.Item.Text))];
        await articles.AskAsync(delivery.Source, news, versions, now, cancellationToken);
        await store.AddAsync(news, cancellationToken);
        foreach (var (stored, (version, text)) in changed.Select(pair => pair.Stored).Zip(versions))
        {
            await ReplaceAsync(stored, version, text, cancellationToken);
        }
    }

    /// <summary>A lost race is tried again: mostly it is the old version that was understood at the same moment.</summary>
    private async Task ReplaceAsync(Item stored, Item version, string text, CancellationToken cancellationToken)
    {
        for (var present = stored; present is not null && present.ContentHash != version.ContentHash; present = await store.GetAsync(version.Key, cancellationToken))
        {
            await versions.KeepAsync(present, await store.GetTextAsync(version.Key, cancellationToken), version.ContentSeen, cancellationToken);
            var next = version with { FirstSeen = present.FirstSeen, IsBaseline = present.IsBaseline, EarlierCaptures = Earlier(present, present.CaptureId), KnownAs = present.KnownAs, ETag = present.ETag };
            next = ArticleText.Keep(present, next);
            if (await store.ReplaceAsync(next, text, cancellationToken) is SaveResult.Saved)
            {
                return;
            }
        }
    }

    internal static IReadOnlyList<string> Earlier(Item present, string? captureId)
    {
        IReadOnlyList<string> all = captureId is not null ? [.. present.EarlierCaptures, captureId] : present.EarlierCaptures;
        return all.Count <= ItemVersions.Most ? all : [all[0], .. all.Skip(all.Count - ItemVersions.Most + 1)];
    }

    internal static string Beginning(string text) => text.Length <= MaxSummary ? text : WholeCharacters.Cut(text, MaxSummary) + "…";

    private static Item Make(Delivery delivery, ItemKey key, IncomingItem item, Capture capture, DateTimeOffset now) => new()
    {
        Key = key,
        Title = item.Title,
        Summary = Beginning(item.Text),
        Link = item.Link,
        Language = LanguageDetector.Detect($"{item.Title}\n{item.Text}")?.Language ?? delivery.Language ?? (delivery.Source.Languages is [var usual, ..] ? usual : null),
        Country = delivery.Source.Country,
        // A date in the future is a mistake of the source: it cannot be newer than now.
        Published = item.Published > now ? now : item.Published,
        FirstSeen = now,
        ContentSeen = now,
        ContentHash = item.ContentHash,
        IsBaseline = delivery.IsBaseline && !(item.Published > delivery.ListedAt && item.Published <= now),
        CaptureId = capture.Id,
    };

    /// <summary>Over-long titles are cut, over-long links are none.</summary>
    private static IncomingItem Clean(IncomingItem item) => item with
    {
        Title = WholeCharacters.Cut(ReadableText.Of(item.Title), MaxTitle),
        Text = ReadableText.Of(item.Text),
        Link = item.Link?.AbsoluteUri.Length <= MaxLink ? item.Link : null,
    };
}
