using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Web.Access;
using Monitoring.App.Web.Recipients;
using Monitoring.Availability;
using Monitoring.Evidence;
using Monitoring.Items;
using Monitoring.Review;
using Monitoring.Work;

namespace Monitoring.App.Web;

/// <summary>What is not a page: forms, evidence, liveness and readiness. Every form carries an antiforgery token.</summary>
internal static class Endpoints
{
    public static void MapEndpoints(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet("/readyz", ReadyAsync);
        app.MapPost("/access", ([FromForm] string token, [FromForm] string? to, HttpContext context, AlertsOptions alerts, AccessToken access, IDataProtectionProvider protection) =>
            AccessGate.EnterAsync(context, token, to, alerts, access, protection));
        app.MapPost("/review/decide", DecideAsync);
        app.MapPost("/stories/change", StoryChange.ChangeAsync);
        app.MapPost("/fingerprints/add", BlockPageForm.AddAsync);
        app.MapPost("/fingerprints/remove", BlockPageForm.RemoveAsync);
        app.MapPost("/watchlist/recipient/retire", RecipientRetirement.RetireAsync);
        app.MapPost("/operations/requeue", async ([FromForm] string id, IWorkQueue queue, CancellationToken cancellationToken) =>
        {
            await queue.RequeuePoisonAsync(id, cancellationToken);
            return Results.LocalRedirect("/operations#poison");
        });
        app.MapMails();
        app.MapGet("/mails/{key}/html", MailHtmlAsync);
        app.MapGet("/evidence/captures/{subject}/{id}", CaptureAsync);
        app.MapGet("/evidence/measurement", MeasurementAsync);
        app.MapGet("/evidence/measurement/document", DocumentAsync);
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken cancellationToken)
    {
        var report = await readiness.GetAsync(cancellationToken);
        return Results.Json(report, statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> DecideAsync(
        [FromForm] string item, [FromForm] string decision, [FromForm] string? note, [FromForm] string? from, Decisions decisions, CancellationToken cancellationToken)
    {
        if (ItemKey.Parse(item) is not { } key)
        {
            return Results.NotFound();
        }

        const string Editor = "an editor";
        var words = string.IsNullOrWhiteSpace(note) ? null : note.Trim()[..Math.Min(note.Trim().Length, 500)];
        var result = decision switch
        {
            "confirm" => await decisions.ConfirmAsync(key, Editor, words, cancellationToken),
            "dismiss" => await decisions.DismissAsync(key, Editor, words, cancellationToken),
            "undo" => await decisions.UndoAsync(key, Editor, words, cancellationToken),
            _ => DecisionResult.NotFound,
        };
        var page = from is not null && from.StartsWith("/items/", StringComparison.Ordinal) ? $"/items/{key}" : "/review";
        return result switch
        {
            DecisionResult.NotFound => Results.NotFound(),
            DecisionResult.Done => Results.LocalRedirect(page == "/review" ? $"/review?decided={key}" : page),
            DecisionResult.AlreadySo => Results.LocalRedirect($"{page}?answer={Uri.EscapeDataString("Somebody decided the same already.")}"),
            _ => Results.LocalRedirect($"{page}?answer={Uri.EscapeDataString("Somebody else decided at the same moment. Look again.")}"),
        };
    }

    private static async Task<IResult> MailHtmlAsync(string key, HttpContext context, Outbox outbox, CancellationToken cancellationToken)
    {
        if (await outbox.GetAsync(key, cancellationToken) is not { } mail || await outbox.GetContentAsync(mail, cancellationToken) is not { } content)
        {
            return Results.NotFound();
        }

        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.MailPolicy;
        return Results.Content(content.Html, "text/html; charset=utf-8");
    }

    /// <summary>Evidence is downloaded, never shown: it is somebody else's page.</summary>
    private static async Task<IResult> CaptureAsync(string subject, string id, CaptureStore captures, CancellationToken cancellationToken)
    {
        return await captures.GetAsync(subject, id, cancellationToken) is { } capture && await captures.OpenBodyAsync(capture, cancellationToken) is { } body
            ? Results.Stream(body, "application/octet-stream", $"{capture.Sha256}.bin")
            : Results.NotFound();
    }

    private static async Task<IResult> MeasurementAsync(string name, MeasurementStore measurements, CancellationToken cancellationToken) =>
        IsMeasurement(name) && await measurements.GetAsync(name, cancellationToken) is { } measurement ? Results.Json(measurement) : Results.NotFound();

    /// <summary>Byte for byte as it was stored, so that its hash can be checked.</summary>
    private static async Task<IResult> DocumentAsync(string name, MeasurementStore measurements, CancellationToken cancellationToken) =>
        IsMeasurement(name) && await measurements.OpenAsync(name, cancellationToken) is { } document
            ? Results.Stream(document, "application/json", name["measurements/".Length..^".gz".Length].Replace('/', '_'))
            : Results.NotFound();

    private static bool IsMeasurement(string name) =>
        name.StartsWith("measurements/", StringComparison.Ordinal) && name.EndsWith(".json.gz", StringComparison.Ordinal) && name.Length < 300
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '/' or '_')
        && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("//", StringComparison.Ordinal);
}
