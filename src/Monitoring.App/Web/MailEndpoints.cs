using Microsoft.AspNetCore.Mvc;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Mailing;
using Monitoring.Watchlist;

namespace Monitoring.App.Web;

/// <summary>What readers, providers and operators do about mails: leave a list, tell what became of one, send one again.</summary>
internal static class MailEndpoints
{
    private const int MostOfEvents = 1024 * 1024;

    public static void MapMails(this WebApplication app)
    {
        // Mail programs post here without cookie, token of ours or question (RFC 8058); a look never ends anything, because scanners look.
        // Before the page of the same address, which would take posts too.
        app.MapPost("/unsubscribe/{list}/{token}", UnsubscribeAsync).DisableAntiforgery().WithOrder(-1);
        app.MapPost("/webhooks/sendgrid", EventsAsync).DisableAntiforgery();
        app.MapPost("/mails/resend", ResendAsync);
        app.MapPost("/mails/test", TestAsync);
        app.MapPost("/mails/resume", ResumeAsync);
        app.MapPost("/mails/unmute", UnmuteAsync);
    }

    private static async Task<IResult> UnsubscribeAsync(string list, string token, HttpContext context, RecipientStates states, Clock clock, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<MailList>(list, ignoreCase: true, out var left) || await states.FindAsync(token, cancellationToken) is not { } recipient)
        {
            return Results.NotFound();
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancellationToken) : null;
        var mute = form?["mute"].ToString() ?? "";
        if (mute.Length > 0)
        {
            await states.MuteAsync(recipient, mute, clock.Now, cancellationToken);
        }
        else
        {
            await states.StopAsync(recipient, left, clock.Now, cancellationToken);
        }

        // No redirect for a mail program; a person's form says that it is one.
        return form?["page"].ToString() is "1" ? Results.LocalRedirect($"/unsubscribe/{list}/{token}?done={(mute.Length > 0 ? "muted" : "stopped")}") : Results.Text("unsubscribed");
    }

    private static async Task<IResult> EventsAsync(HttpContext context, MailOptions options, MailEvents events, Clock clock, CancellationToken cancellationToken)
    {
        if (options.SendGridWebhookKey.Length == 0)
        {
            return Results.NotFound();
        }

        if (!context.Request.Headers.ContainsKey(SendGridSignature.SignatureHeader))
        {
            return Results.Unauthorized();
        }

        var body = new byte[MostOfEvents + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MostOfEvents)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var headers = context.Request.Headers;
        if (!SendGridSignature.IsRight(
            options.SendGridWebhookKey, headers[SendGridSignature.SignatureHeader].FirstOrDefault(), headers[SendGridSignature.TimestampHeader].FirstOrDefault(), body.AsSpan(0, length), clock.Now))
        {
            return Results.Unauthorized();
        }

        if (SendGridEvents.Read(body.AsMemory(0, length)) is not { } told)
        {
            return Results.BadRequest();
        }

        await events.TakeAsync(told, cancellationToken);
        return Results.Ok();
    }

    private static async Task<IResult> ResendAsync([FromForm] string mail, Outbox outbox, Clock clock, CancellationToken cancellationToken)
    {
        if (await outbox.GetAsync(mail, cancellationToken) is not { } stored)
        {
            return Results.NotFound();
        }

        var answer = await outbox.ResendAsync(stored, clock.Now, cancellationToken) ? "It is being sent once more." : "It cannot be sent once more: it is on its way, changed just now, or what it said was removed.";
        return Results.LocalRedirect($"/mails/{stored.Key}?answer={Uri.EscapeDataString(answer)}");
    }

    private static async Task<IResult> TestAsync([FromForm] string recipient, TestMail test, CancellationToken cancellationToken) =>
        await test.SendAsync(recipient, cancellationToken) is { } mail ? Results.LocalRedirect($"/mails/{mail.Key}") : Results.NotFound();

    /// <summary>An operator has seen to the address, or the reader wants mails again.</summary>
    private static async Task<IResult> ResumeAsync([FromForm] string recipient, RecipientStates states, WatchlistReader watchlist, CancellationToken cancellationToken)
    {
        if ((await watchlist.GetAsync(cancellationToken)).Find<Recipient>(EntryKind.Recipient, recipient) is null)
        {
            return Results.NotFound();
        }

        foreach (var list in Enum.GetValues<MailList>())
        {
            await states.ResumeAsync(recipient, list, cancellationToken);
        }

        await states.UnsuspendAsync(recipient, cancellationToken);
        return Results.LocalRedirect("/mails?answer=" + Uri.EscapeDataString("Mails are sent to this address again."));
    }

    private static async Task<IResult> UnmuteAsync([FromForm] string recipient, [FromForm] string mute, RecipientStates states, WatchlistReader watchlist, CancellationToken cancellationToken)
    {
        if ((await watchlist.GetAsync(cancellationToken)).Find<Recipient>(EntryKind.Recipient, recipient) is null)
        {
            return Results.NotFound();
        }

        await states.UnmuteAsync(recipient, mute, cancellationToken);
        return Results.LocalRedirect($"/watchlist/recipient/{recipient}?answer={Uri.EscapeDataString("News of it is told again.")}");
    }
}
