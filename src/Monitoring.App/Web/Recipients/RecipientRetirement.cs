using Microsoft.AspNetCore.Mvc;
using Monitoring.Review;
using Monitoring.Watchlist;

namespace Monitoring.App.Web.Recipients;

/// <summary>The form by which an editor says that somebody gets no mail any more.</summary>
internal static class RecipientRetirement
{
    public static async Task<IResult> RetireAsync(
        [FromForm] string id, [FromForm] string? sure, WatchlistReader watchlist, RecipientDecisions decisions, CancellationToken cancellationToken)
    {
        var list = await watchlist.GetAsync(cancellationToken);
        if (list.Find<Recipient>(EntryKind.Recipient, id) is not { } recipient)
        {
            return Results.NotFound();
        }

        if (sure is not "yes")
        {
            return Results.LocalRedirect($"/watchlist/recipient/{id}?answer={Uri.EscapeDataString("Nothing was changed. Tick the box to stop their mails.")}");
        }

        await decisions.RetireAsync(recipient, RecipientEditor.Editor, cancellationToken);
        return Results.LocalRedirect($"/watchlist?answer={Uri.EscapeDataString($"{recipient.Name} gets no mail any more.")}");
    }
}
