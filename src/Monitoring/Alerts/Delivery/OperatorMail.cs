using Monitoring.Alerts.Mails;
using Monitoring.Storage;

namespace Monitoring.Alerts.Delivery;

/// <summary>What operators are told of the program itself.</summary>
/// <param name="Key">Names what happened; said again under the same key it is the same mail.</param>
/// <param name="Subject">The fact in one line.</param>
/// <param name="Lines">What happened, and what to do.</param>
/// <param name="Page">Where more stands, from the root.</param>
public sealed record OperatorNotice(string Key, string Subject, IReadOnlyList<string> Lines, string Page);

/// <summary>
/// Mails operators directly, without outbox, queue or job: what has stopped may be one of these. The addresses come from the settings, not from the watch list, which may not be readable.
/// </summary>
public sealed class OperatorMail(IMailTransport transport, AlertsOptions options, TimeProvider time)
{
    /// <returns>False if a mail was certainly not taken over, and is to be tried again.</returns>
    public async Task<bool> TellAsync(OperatorNotice notice, CancellationToken cancellationToken)
    {
        var isTold = true;
        foreach (var address in options.OperatorAddresses)
        {
            isTold &= await transport.SendAsync(Compose(notice, address), cancellationToken) is DeliveryResult.Sent or DeliveryResult.Unknown;
        }

        return isTold;
    }

    private OutgoingMail Compose(OperatorNotice notice, string address)
    {
        var document = new MailDocument
        {
            Texts = Texts.English,
            Subject = notice.Subject,
            Summary = notice.Subject + ".",
            Blocks = [.. notice.Lines.Select(line => new MailBlock.Line(line))],
            Footer = ["You get this mail because your address stands in the setting Alerts__Operators."],
            FooterLinks = options.PublicUrl is { } root ? [new MailLink("More on our pages", new Uri(root, notice.Page))] : [],
        };
        var content = document.Render();
        var id = Keys.Hash("operator", notice.Key, address);
        return new OutgoingMail
        {
            Id = id,
            Key = $"operators.{id}",
            From = options.From,
            FromName = options.FromName,
            To = address,
            ToName = "Operator",
            Subject = document.Subject,
            Text = content.Text,
            Html = content.Html,
            Language = content.Language,
            CreatedAt = time.GetUtcNow(),
            List = "operators",
        };
    }
}
