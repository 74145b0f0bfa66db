using Monitoring.Items;
using Monitoring.Items.Stories;

namespace Monitoring.Review;

/// <summary>An editor's changes of stories, each noted in the audit log before it is made, under the item or the story, and marked there as applied after.</summary>
public sealed class StoryDecisions(StoryEditing stories, AuditLog audit)
{
    public Task<StoryEdit> SplitAsync(ItemKey item, string editor, CancellationToken cancellationToken) =>
        NoteAsync(item.ToString(), "split off", note: null, editor, () => stories.SplitAsync(item, cancellationToken), cancellationToken);

    public Task<StoryEdit> UnsplitAsync(ItemKey item, string editor, CancellationToken cancellationToken) =>
        NoteAsync(item.ToString(), "split undone", note: null, editor, () => stories.UnsplitAsync(item, cancellationToken), cancellationToken);

    public Task<StoryEdit> MergeAsync(string story, string into, string editor, CancellationToken cancellationToken) =>
        NoteAsync(story, "merged", $"into {into}", editor, () => stories.MergeAsync(story, into, cancellationToken), cancellationToken);

    public Task<StoryEdit> UnmergeAsync(string story, string editor, CancellationToken cancellationToken) =>
        NoteAsync(story, "merging undone", note: null, editor, () => stories.UnmergeAsync(story, cancellationToken), cancellationToken);

    private async Task<StoryEdit> NoteAsync(string subject, string what, string? note, string editor, Func<Task<StoryEdit>> edit, CancellationToken cancellationToken)
    {
        var entry = await audit.BeginAsync(subject, editor, what, note, cancellationToken);
        var result = await edit();
        await (result is StoryEdit.Done ? audit.ConfirmAsync(entry, cancellationToken) : Task.CompletedTask);
        return result;
    }
}
