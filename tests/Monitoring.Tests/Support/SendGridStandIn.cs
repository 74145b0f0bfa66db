using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Monitoring.Tests.Support;

/// <summary>SendGrid's <c>/v3/mail/send</c> on loopback, as strict as its documentation: what it would refuse is refused with 400 and the field's name.</summary>
internal sealed class SendGridStandIn : IAsyncDisposable
{
    public const string Key = "SG.a-secret";

    private static readonly string[] Forbidden =
        ["x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding", "to", "from", "subject", "reply-to", "cc", "bcc"];

    private readonly LoopbackWeb _web;
    private int _posts;

    private SendGridStandIn(LoopbackWeb web) => _web = web;

    public Uri Url => _web.Url("/");

    /// <summary>Requests whose body arrived, whatever was answered.</summary>
    public int Posts => _posts;

    /// <summary>Messages that were taken over.</summary>
    public List<JsonNode> Taken { get; } = [];

    /// <summary>Done instead of the usual answer, after the body was read.</summary>
    public RequestDelegate? Instead { get; set; }

    public static async Task<SendGridStandIn> StartAsync()
    {
        var web = await LoopbackWeb.StartAsync();
        var server = new SendGridStandIn(web);
        web.On("/v3/mail/send", server.AnswerAsync);
        return server;
    }

    public void Answers(int status, string body = "", params (string Name, string Value)[] headers) => Instead = async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(body);
    };

    /// <summary>The line is reset after the mail arrived.</summary>
    public void Resets() => Instead = context =>
    {
        context.Features.Get<IConnectionSocketFeature>()!.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        context.Abort();
        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Interlocked.Increment(ref _posts);
        if (Instead is not null)
        {
            await Instead(context);
            return;
        }

        if (context.Request.Headers.Authorization != "Bearer " + Key)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var message = JsonNode.Parse(body.ToArray())!;
        if (Wrong(message) is { } field)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(JsonSerializer.Serialize(new { errors = new[] { new { message = "refused reader@example.org", field, help = "" } } }));
            return;
        }

        Taken.Add(message);
        context.Response.StatusCode = message["mail_settings"]?["sandbox_mode"]?["enable"]?.GetValue<bool>() == true ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        context.Response.Headers["X-Message-Id"] = "provider-1";
    }

    private static string? Wrong(JsonNode message)
    {
        var personalizations = message["personalizations"]!.AsArray();
        var everybody = personalizations.SelectMany(personalization => personalization!["to"]!.AsArray()).Select(to => to!["email"]!.GetValue<string>()).ToList();
        var names = personalizations.SelectMany(personalization => personalization!["to"]!.AsArray()).Append(message["from"]).Select(mailbox => mailbox!["name"]!.GetValue<string>());
        var headers = personalizations.SelectMany(personalization => personalization!["headers"]!.AsObject().Select(header => header.Key.ToLowerInvariant()));
        var tracking = message["tracking_settings"];
        return 0 switch
        {
            _ when personalizations.Any(personalization => personalization!["to"]!.AsArray().Count != 1) || everybody.Distinct().Count() != everybody.Count => "personalizations.0.to",
            _ when everybody.Any(address => !address.All(char.IsAscii)) => "personalizations.0.to.0.email",
            _ when names.Any(name => name.AsSpan().ContainsAny(";,\r\n")) => "personalizations.0.to.0.name",
            _ when headers.Any(Forbidden.Contains) => "personalizations.0.headers",
            _ when !message["from"]!["email"]!.GetValue<string>().All(char.IsAscii) => "from.email",
            _ when string.Join(' ', message["content"]!.AsArray().Select(part => part!["type"]!.GetValue<string>())) is not ("text/plain text/html" or "text/plain") => "content",
            _ when message["subject"]!.GetValue<string>().AsSpan().ContainsAny("\r\n") => "subject",
            _ when !Array.TrueForAll(["click_tracking", "open_tracking", "subscription_tracking"], kind => tracking?[kind]?["enable"]?.GetValue<bool>() == false) => "tracking_settings",
            _ => null,
        };
    }
}
