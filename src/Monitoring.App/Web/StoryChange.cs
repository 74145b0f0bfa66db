using Microsoft.AspNetCore.Mvc;
using Monitoring.Items;
using Monitoring.Items.Stories;
using Monitoring.Review;
using Monitoring.Storage;

namespace Monitoring.App.Web;

/// <summary>The forms on a story's page: split, merge, and both taken back.</summary>
internal static class StoryChange
{
    private const string Editor = "an editor";

    /// <summary>What may be asked of the store as a story's id.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= 64 && !text.AsSpan().ContainsAnyExcept(Keys.Allowed);

    public static async Task<IResult> ChangeAsync(
        [FromForm] string story, [FromForm] string change, [FromForm] string? item, [FromForm] string? other, StoryDecisions decisions, StoryStore stories, CancellationToken cancellationToken)
    {
        if (!IsId(story) || (change is "split" or "unsplit" && ItemKey.Parse(item ?? "") is null))
        {
            return Results.NotFound();
        }

        var key = ItemKey.Parse(item ?? "").GetValueOrDefault();
        var into = change is "merge" ? await ReadAddressAsync(other ?? "", stories, cancellationToken) : null;
        var result = change switch
        {
            "split" => await decisions.SplitAsync(key, Editor, cancellationToken),
            "unsplit" => await decisions.UnsplitAsync(key, Editor, cancellationToken),
            "merge" when into is not null => await decisions.MergeAsync(story, into, Editor, cancellationToken),
            "unmerge" => await decisions.UnmergeAsync(story, Editor, cancellationToken),
            _ => StoryEdit.NotFound,
        };
        var place = change is "split" or "unsplit" && result is StoryEdit.Done ? (await stories.OfItemAsync(key, cancellationToken))?.Id ?? story : story;
        return Results.LocalRedirect(Say(result) is { } answer ? $"/stories/{place}?answer={Uri.EscapeDataString(answer)}" : $"/stories/{place}");
    }

    /// <summary>Null: nothing to tell.</summary>
    private static string? Say(StoryEdit result) => result switch
    {
        StoryEdit.Done => null,
        StoryEdit.AlreadySo => "It is so already.",
        StoryEdit.NotNow => "Stories are being changed just now. Try again.",
        _ => "No such story or item. Give the address of a story's or an item's page.",
    };

    /// <summary>The id in the address of a story's page, or of the story of an item by the address of its page.</summary>
    private static async Task<string?> ReadAddressAsync(string address, StoryStore stories, CancellationToken cancellationToken)
    {
        var last = address.Trim().Split('?', '#')[0].TrimEnd('/').Split('/')[^1];
        return ItemKey.Parse(last) is { } item ? (await stories.OfItemAsync(item, cancellationToken))?.Id : IsId(last) ? last : null;
    }
}
