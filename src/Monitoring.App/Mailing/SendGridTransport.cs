using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Monitoring.Alerts.Delivery;
using Monitoring.Network;

namespace Monitoring.App.Mailing;

/// <summary>
/// Hands each mail to SendGrid by its HTTP interface v3. It has no key by which a repeated request is known for one, so nothing repeats it: no retries, no redirects, and each request on a
/// connection of its own, because the HTTP stack sends a request again when a used connection turns out to be closed.
/// </summary>
internal sealed class SendGridTransport(HttpMessageInvoker http, MailOptions options, TimeProvider time) : IMailTransport
{
    /// <summary>SendGrid's own limit is 30 MB for the whole request.</summary>
    private const int MostBytes = 30_000_000;

    private const int MostOfAnswer = 64 * 1024;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Uri _endpoint = new(
        options.SendGridUrl ?? new Uri(options.SendGridRegion is SendGridRegion.Eu ? "https://api.eu.sendgrid.com" : "https://api.sendgrid.com"), "/v3/mail/send");

    public string Name => "sendgrid";

    public bool IsIdempotent => false;

    public async Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (MailAddressText.ToAscii(mail.From) is not { } from || MailAddressText.ToAscii(mail.To) is not { } to)
        {
            return new DeliveryResult.Refused(MailAddressText.Refusal);
        }

        var body = SendGridMessage.Write(mail, from, to, options.SendGridSandbox);
        if (body.Length > MostBytes)
        {
            return new DeliveryResult.Refused("the mail is larger than SendGrid takes");
        }

        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var content = new NotedContent(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.SendGridKey);
        request.Headers.ConnectionClose = true;
        try
        {
            using var response = await http.SendAsync(request, both.Token);
            return await JudgeAsync(response, both.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            return Broken(content, $"the line to SendGrid failed ({FailureClassifier.Classify(failure)})");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Broken(content, "SendGrid did not answer in time");
        }
    }

    /// <summary>When the mail was on its way, SendGrid may have taken it.</summary>
    private static DeliveryResult Broken(NotedContent content, string reason) => content.IsBegun ? new DeliveryResult.Unknown(reason) : new DeliveryResult.Failed(reason);

    private async Task<DeliveryResult> JudgeAsync(HttpResponseMessage response, CancellationToken cancellationToken) => response.StatusCode switch
    {
        HttpStatusCode.Accepted => new DeliveryResult.Sent(response.Headers.TryGetValues("X-Message-Id", out var ids) ? ids.First() : null),
        HttpStatusCode.OK when options.SendGridSandbox => new DeliveryResult.Sent(),
        HttpStatusCode.BadRequest => new DeliveryResult.Refused($"SendGrid answered 400{await FieldsAsync(response, cancellationToken)}"),
        HttpStatusCode.RequestEntityTooLarge => new DeliveryResult.Refused("SendGrid answered 413: the mail is too large"),
        HttpStatusCode.Unauthorized => new DeliveryResult.Failed("SendGrid answered 401: it does not know the API key"),
        HttpStatusCode.Forbidden => new DeliveryResult.Failed("SendGrid answered 403: the key may not send mail, or the sender is not verified"),
        HttpStatusCode.TooManyRequests => new DeliveryResult.Failed("SendGrid answered 429: too many mails", Pause(response)),

        // A gateway lost the answer of what stands behind it, which may have taken the mail.
        HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => new DeliveryResult.Unknown(Say(response)),
        _ when response.IsSuccessStatusCode => new DeliveryResult.Unknown(Say(response)),
        _ => new DeliveryResult.Failed(Say(response)),
    };

    private static string Say(HttpResponseMessage response) => string.Create(CultureInfo.InvariantCulture, $"SendGrid answered {(int)response.StatusCode}");

    /// <summary>What SendGrid asks to wait: Retry-After (RFC 9110), or its own time at which the count begins anew.</summary>
    private TimeSpan? Pause(HttpResponseMessage response)
    {
        var now = time.GetUtcNow();
        var pause = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ when response.Headers.TryGetValues("X-RateLimit-Reset", out var reset) && long.TryParse(reset.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() => DateTimeOffset.FromUnixTimeSeconds(seconds) - now,
            _ => (TimeSpan?)null,
        };
        return pause is null ? null : pause < TimeSpan.Zero ? TimeSpan.Zero : pause > LongestPause ? LongestPause : pause;
    }

    /// <summary>Which fields were refused. Their names only: the sentences beside them quote addresses.</summary>
    private static async Task<string> FieldsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[MostOfAnswer];
            var length = await stream.ReadAtLeastAsync(buffer, MostOfAnswer, throwOnEndOfStream: false, cancellationToken);
            using var answer = JsonDocument.Parse(buffer.AsMemory(0, length), new JsonDocumentOptions { MaxDepth = 8 });
            var fields = answer.RootElement.GetProperty("errors").EnumerateArray()
                .Select(error => error.TryGetProperty("field", out var field) && field.ValueKind is JsonValueKind.String ? field.GetString() : null)
                .OfType<string>()
                .Where(field => field.Length < 80 && field.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '[' or ']' or '-'))
                .Take(5)
                .ToList();
            return fields.Count == 0 ? "" : $": {string.Join(", ", fields)}";
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            // The status is known, whatever becomes of the words beside it.
            return "";
        }
    }

    /// <summary>Knows whether any of it was sent.</summary>
    private sealed class NotedContent : ByteArrayContent
    {
        public NotedContent(byte[] body) : base(body) => Headers.ContentType = new MediaTypeHeaderValue("application/json");

        public bool IsBegun { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            IsBegun = true;
            return base.SerializeToStreamAsync(stream, context, cancellationToken);
        }
    }
}
