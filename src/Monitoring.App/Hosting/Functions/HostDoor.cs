using System.Text.Json;

namespace Monitoring.App.Hosting.Functions;

/// <summary>
/// Tells apart who calls through the Functions host. All of them come from loopback, and visitors can forge every header but one: the host adds
/// <c>x-ms-invocation-id</c> to whatever it passes on, and never to its own calls.
/// 1. The probe, GET / without that header: answered at once, whatever the store does.
/// 2. A function's path: the host's own POST runs it; for all others there is nothing.
/// 3. Everything else: the pages, behind the access gate.
/// </summary>
internal sealed class HostDoor(RequestDelegate next, FunctionRuns runs, StoreOpening opening)
{
    private const string PassedOn = "x-ms-invocation-id";

    public Task InvokeAsync(HttpContext context)
    {
        var (request, isPassedOn) = (context.Request, context.Request.Headers.ContainsKey(PassedOn));
        if (!isPassedOn && HttpMethods.IsGet(request.Method) && request.Path == "/")
        {
            return context.Response.WriteAsync("ok", context.RequestAborted);
        }

        return request.Path.Value is not ['/', .. var name] || !runs.Has(name) ? VisitAsync(context)
            : isPassedOn || !HttpMethods.IsPost(request.Method) ? RefuseAsync(context, StatusCodes.Status404NotFound)
            : RunAsync(context, name);
    }

    private async Task VisitAsync(HttpContext context)
    {
        await (await opening.IsOpenAsync(context.RequestAborted) ? next(context) : RefuseAsync(context, StatusCodes.Status503ServiceUnavailable));
    }

    /// <summary>The answer is never empty: the host would wait for the rest of it until it kills the process.</summary>
    private async Task RunAsync(HttpContext context, string name)
    {
        var answer = await InvocationBody.ReadAsync(context.Request, context.RequestAborted) switch
        {
            { Refusal: { } refusal } => refusal,
            _ when !await opening.IsOpenAsync(context.RequestAborted) => FunctionAnswer.Failed("the store is not open yet"),
            var body => await runs.RunAsync(name, body.Root),
        };
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer.ToResponse(name), cancellationToken: context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
