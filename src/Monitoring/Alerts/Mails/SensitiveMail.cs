using System.Net;
using System.Text;
using Monitoring.Alerts.Delivery;
using Monitoring.Watchlist;

namespace Monitoring.Alerts.Mails;

/// <summary>
/// A mail for those whom a mail may endanger: it names nothing and nobody, has always the same subject, and each part always the same number of bytes, so that neither a glance at it nor its
/// size on the way tells whether much happened or nothing (SecureDrop issues 544 and 1195; its PR 2803 measured that sizes tell). Pure.
/// </summary>
public sealed class SensitiveMail(AlertsOptions options)
{
    /// <summary>Bytes of each part; no language needs more.</summary>
    public const int PartLength = 2048;

    /// <summary>A larger number is said as this one: each has as many digits.</summary>
    private const int MostCounted = 99_999;

    public static string SubjectOf(Recipient recipient) => Texts.Of(recipient.Language)["sensitive.subject"];

    public MailContent Render(Recipient recipient, int count)
    {
        var texts = Texts.Of(recipient.Language);
        var said = texts.Say("sensitive.count", Math.Min(count, MostCounted));
        var link = options.PublicUrl is { } root ? WebUtility.HtmlEncode(root.AbsoluteUri) : null;
        var text = $"{said}\n\n{(link is null ? "" : options.PublicUrl!.AbsoluteUri + "\n\n")}";
        var html = $"<!DOCTYPE html>\n<html lang=\"{texts.Language}\"><head><meta charset=\"utf-8\"><title>{SubjectOf(recipient)}</title></head><body><p>{said}</p>{(link is null ? "" : $"<p><a href=\"{link}\">{link}</a></p>")}</body></html>\n";
        return new MailContent(Padded(text), Padded(html), texts.Language);
    }

    private static string Padded(string part) => part + new string(' ', PartLength - 1 - Encoding.UTF8.GetByteCount(part)) + "\n";
}
