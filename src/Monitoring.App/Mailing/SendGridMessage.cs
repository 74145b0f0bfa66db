using System.Text.Json;
using System.Text.Json.Nodes;
using Monitoring.Alerts.Delivery;

namespace Monitoring.App.Mailing;

/// <summary>
/// A mail as SendGrid's interface v3 takes it (<c>POST /v3/mail/send</c>): one recipient, text before HTML where there is HTML, no tracking, our id in <c>custom_args</c>. Pure.
/// </summary>
internal static class SendGridMessage
{
    /// <summary>The name of our id among the arguments that SendGrid tells back.</summary>
    public const string IdArgument = "monitoring_id";

    /// <param name="from">In ASCII.</param>
    /// <param name="to">In ASCII.</param>
    public static byte[] Write(OutgoingMail mail, string from, string to, bool isSandbox)
    {
        var headers = new JsonObject();
        foreach (var (name, value) in MimeWriter.OwnHeaders(mail))
        {
            headers[name] = value;
        }

        var message = new JsonObject
        {
            ["personalizations"] = new JsonArray(new JsonObject
            {
                ["to"] = new JsonArray(Mailbox(to, mail.ToName)),
                ["headers"] = headers,
                ["custom_args"] = new JsonObject { [IdArgument] = mail.Key },
            }),
            ["from"] = Mailbox(from, mail.FromName),
            ["subject"] = OneLine(mail.Subject),
            ["content"] = new JsonArray([.. Parts(mail)]),
            ["tracking_settings"] = new JsonObject
            {
                ["click_tracking"] = new JsonObject { ["enable"] = false, ["enable_text"] = false },
                ["open_tracking"] = new JsonObject { ["enable"] = false },
                ["subscription_tracking"] = new JsonObject { ["enable"] = false },
            },
        };
        if (isSandbox)
        {
            message["mail_settings"] = new JsonObject { ["sandbox_mode"] = new JsonObject { ["enable"] = true } };
        }

        return JsonSerializer.SerializeToUtf8Bytes(message);
    }

    private static IEnumerable<JsonNode> Parts(OutgoingMail mail)
    {
        yield return new JsonObject { ["type"] = "text/plain", ["value"] = mail.Text };
        if (mail.Html is not null)
        {
            yield return new JsonObject { ["type"] = "text/html", ["value"] = mail.Html };
        }
    }

    /// <summary>SendGrid takes neither commas nor semicolons in names.</summary>
    private static JsonObject Mailbox(string address, string name) => new() { ["email"] = address, ["name"] = OneLine(name).Replace(',', ' ').Replace(';', ' ') };

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
