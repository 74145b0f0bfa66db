using System.Globalization;
using System.Text;
using Monitoring.Alerts.Delivery;

namespace Monitoring.App.Mailing;

/// <summary>
/// Writes a mail as RFC 5322 text: multipart/alternative with a plain and an HTML part, or the plain part alone, UTF-8 in base64, other than ASCII in headers as encoded words
/// (RFC 2047). No value can end a header: line breaks become blanks.
/// </summary>
internal static class MimeWriter
{
    /// <summary>A line with an encoded word has at most 76 characters (RFC 2047 section 2), the header's name included.</summary>
    private const int EncodedWordBytes = 39;

    private const int Base64Line = 76;

    public static string Write(OutgoingMail mail)
    {
        var boundary = $"=_{mail.Id}";
        var domain = DomainOf(mail);
        var text = new StringBuilder();
        Header(text, "From", Mailbox(mail.FromName, mail.From));
        Header(text, "To", Mailbox(mail.ToName, mail.To));
        Header(text, "Subject", Words(mail.Subject));
        Header(text, "Date", mail.CreatedAt.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        foreach (var (name, value) in OwnHeaders(mail))
        {
            Header(text, name, value);
        }

        Header(text, "Content-Language", mail.Language);
        Header(text, "MIME-Version", "1.0");
        if (mail.Html is null)
        {
            Part(text, "text/plain", mail.Text);
            return text.ToString();
        }

        Header(text, "Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        text.Append("\r\n--").Append(boundary).Append("\r\n");
        Part(text, "text/plain", mail.Text);
        text.Append("--").Append(boundary).Append("\r\n");
        Part(text, "text/html", mail.Html);
        return text.Append("--").Append(boundary).Append("--\r\n").ToString();
    }

    /// <summary>What tells mail programs which mail this is, what it follows, and how its list is left: message ids by RFC 5322, lists by RFC 2919 and RFC 8058, machines by RFC 3834.</summary>
    public static IEnumerable<(string Name, string Value)> OwnHeaders(OutgoingMail mail)
    {
        var domain = DomainOf(mail);
        yield return ("Message-ID", $"<{mail.Id}@{domain}>");
        if (mail.InReplyTo is { } first)
        {
            yield return ("In-Reply-To", $"<{first}@{domain}>");
            yield return ("References", $"<{first}@{domain}>");
        }

        yield return ("List-Id", $"Monitoring {mail.List} <{mail.List}.monitoring.{domain}>");
        if (mail.Unsubscribe is { Scheme: "https" } unsubscribe)
        {
            // A header is ASCII: the host in its ASCII form.
            yield return ("List-Unsubscribe", $"<{new UriBuilder(unsubscribe) { Host = unsubscribe.IdnHost }.Uri.AbsoluteUri}>");
            yield return ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        yield return ("Auto-Submitted", "auto-generated");
    }

    private static string DomainOf(OutgoingMail mail)
    {
        var from = MailAddressText.ToAscii(mail.From) ?? "localhost";
        return from[(from.LastIndexOf('@') + 1)..];
    }

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");

    private static void Part(StringBuilder text, string type, string content)
    {
        Header(text, "Content-Type", $"{type}; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "base64");
        text.Append("\r\n");
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n")));
        for (var at = 0; at < encoded.Length; at += Base64Line)
        {
            text.Append(encoded, at, Math.Min(Base64Line, encoded.Length - at)).Append("\r\n");
        }
    }

    /// <summary>The address has a line of its own where the name is encoded words, which fill theirs.</summary>
    private static string Mailbox(string name, string address) => $"{Words(name)}{(IsPlain(name) ? " " : "\r\n ")}<{OneLine(MailAddressText.ToAscii(address) ?? address)}>";

    /// <summary>Plain words as they are; anything else as encoded words of whole characters, folded.</summary>
    private static string Words(string value)
    {
        var line = OneLine(value);
        if (IsPlain(line))
        {
            return line;
        }

        var words = new List<string>();
        var word = new List<byte>();
        foreach (var rune in line.EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(rune.ToString());
            if (word.Count + bytes.Length > EncodedWordBytes)
            {
                words.Add(Encoded(word));
                word.Clear();
            }

            word.AddRange(bytes);
        }

        words.Add(Encoded(word));
        return string.Join("\r\n ", words);
    }

    private static bool IsPlain(string line) => line.Length <= 60 && line.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-');

    private static string Encoded(List<byte> word) => $"=?utf-8?B?{Convert.ToBase64String([.. word])}?=";

    private static string OneLine(string value) => string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
}
