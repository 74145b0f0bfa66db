using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Monitoring.Alerts;
using Monitoring.App.Hosting;

namespace Monitoring.App.Web.Access;

/// <summary>
/// Who may see the pages. On a loopback address: whoever is on this machine, under its own names (a foreign name that resolves to 127.0.0.1 is an
/// attack by a web page). On any other address, behind the Functions host, and under the name by which a proxy of ours makes the pages public: who brings the access token, as bearer or once for a cookie, or whom the
/// platform vouches for. Always open: liveness, the stylesheet, the page that asks for the token, and what has secrets of its own: the way out of a list, and a provider's signed events.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, Listening listening, EasyAuthOptions easyAuth, AlertsOptions alerts, AccessToken token, IDataProtectionProvider protection)
{
    private const string Cookie = "monitoring-access";
    private const string Bearer = "Bearer ";

    /// <summary>What anybody may ask, wherever the program runs; a platform that signs people in leaves exactly these out.</summary>
    public static IReadOnlyList<string> Anonymous { get; } = ["/healthz", "/readyz", "/webhooks/sendgrid", "/unsubscribe/*"];

    private static readonly string[] Open = [.. Anonymous, "/access", "/monitoring.css"];

    private static readonly object Strangers = new();

    private readonly IDataProtector _protector = protection.CreateProtector("Monitoring.Access.v1");

    public async Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (!listening.DemandsToken && !IsThisMachine(host) && !string.Equals(host, alerts.PublicUrl?.IdnHost, StringComparison.OrdinalIgnoreCase))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Wrong host name.");
        }
        else if ((!listening.DemandsToken && IsThisMachine(host)) || await IsAdmittedAsync(context))
        {
            await next(context);
        }
        else if (IsOpen(context.Request.Path.Value ?? ""))
        {
            context.Items[Strangers] = true;
            await next(context);
        }
        else if (HttpMethods.IsGet(context.Request.Method) && context.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.Redirect($"/access?to={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        }
        else
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "The access token is missing.");
        }
    }

    /// <summary>Whether a request came through an open door: it is shown nothing of what the others are for.</summary>
    public static bool IsStranger(HttpContext context) => context.Items.ContainsKey(Strangers);

    /// <summary>Takes the token of the form and opens a session.</summary>
    public static async Task<IResult> EnterAsync(HttpContext context, string presented, string? to, AlertsOptions alerts, AccessToken token, IDataProtectionProvider protection)
    {
        var target = to is ['/', not ('/' or '\\'), ..] ? to : "/";
        if (!await token.IsRightAsync(presented, context.RequestAborted))
        {
            return Results.LocalRedirect($"/access?failed=1&to={Uri.EscapeDataString(target)}");
        }

        var ticket = protection.CreateProtector("Monitoring.Access.v1").Protect((await token.GetHashAsync(context.RequestAborted))!);
        var isSecure = context.Request.IsHttps || context.RequestServices.GetRequiredService<Listening>().IsBehindHost
            || (alerts.PublicUrl is { Scheme: "https" } root && !IsThisMachine(context.Request.Host.Host) && context.Request.Host.Host == root.IdnHost);
        context.Response.Cookies.Append(Cookie, ticket, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = isSecure, IsEssential = true });
        return Results.LocalRedirect(target);
    }

    private static bool IsOpen(string path) => Open.Any(open => open.EndsWith('*') ? path.StartsWith(open[..^1], StringComparison.Ordinal) : path == open);

    private async Task<bool> IsAdmittedAsync(HttpContext context)
    {
        if (listening.IsBehindHost && easyAuth.Admits(context.Request.Headers[EasyAuthOptions.Header]))
        {
            return true;
        }

        var authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.Ordinal))
        {
            return await token.IsRightAsync(authorization[Bearer.Length..], context.RequestAborted);
        }

        // A session holds the hash of the token it was opened with: a new token ends it.
        return context.Request.Cookies[Cookie] is { } ticket && Unprotect(ticket) is { } hash
            && string.Equals(hash, await token.GetHashAsync(context.RequestAborted), StringComparison.Ordinal);
    }

    private string? Unprotect(string ticket)
    {
        try
        {
            return _protector.Unprotect(ticket);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Task RefuseAsync(HttpContext context, int status, string words)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(words, context.RequestAborted);
    }
}
