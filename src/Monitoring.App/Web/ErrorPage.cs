using Microsoft.AspNetCore.Diagnostics;
using Monitoring.Storage;

namespace Monitoring.App.Web;

/// <summary>What a visitor sees when a page fails: what happened, what was kept, what to do. No stack trace, no message that quotes data.</summary>
internal static partial class ErrorPage
{
    public static Task WriteAsync(HttpContext context)
    {
        var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (status, cause) = failure switch
        {
            // The visitor's mistake, or an attempt to post from another site: nothing for the log of faults.
            BadHttpRequestException bad => (bad.StatusCode, "This form was not sent from its page, or the page was open for too long. Go back, reload it and send it again."),
            StorageUnavailableException => (StatusCodes.Status500InternalServerError, "The store cannot be used at the moment. Nothing that was stored is lost."),
            _ => (StatusCodes.Status500InternalServerError, "This page has a fault. Nothing that was stored is lost."),
        };
        if (status == StatusCodes.Status500InternalServerError)
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Monitoring.App.Web");
            LogFailed(logger, failure?.GetType().Name ?? "unknown", failure?.StackTrace);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Error – Monitoring</title><link rel="stylesheet" href="/monitoring.css"></head>
            <body><main><h1>This did not work</h1><p class="lead">{cause}</p>
            <p>Try again in a moment; if it stays, tell your operator, who finds the cause in the program's log.</p><p><a href="/">Overview</a></p></main></body></html>
            """,
            context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed: {Failure}{Stack}")]
    private static partial void LogFailed(ILogger logger, string failure, string? stack);
}
