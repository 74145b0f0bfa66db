namespace Monitoring.App.Web;

/// <summary>What every answer says to browsers: no script, nothing from elsewhere, no framing, no address passed on.</summary>
internal static class SecurityHeaders
{
    public const string PagePolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'self'";

    /// <summary>A mail's HTML has inline styles and nothing else; it is shown in a frame of its own page only.</summary>
    public const string MailPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }
}
