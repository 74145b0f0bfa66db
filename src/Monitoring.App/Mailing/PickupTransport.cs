using System.Text;
using Monitoring.Alerts.Delivery;

namespace Monitoring.App.Mailing;

/// <summary>Drops each mail as an <c>.eml</c> file into a folder, whole or not at all. The file's name is the mail's id: sending twice leaves one file.</summary>
internal sealed class PickupTransport(string folder) : IMailTransport
{
    public string Name => "pickup";

    public bool IsIdempotent => true;

    public async Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (MailAddressText.ToAscii(mail.To) is null)
        {
            return new DeliveryResult.Refused(MailAddressText.Refusal);
        }

        try
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, mail.Id + ".eml");
            var part = file + ".part";
            await using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(MimeWriter.Write(mail)), cancellationToken);
                await stream.FlushAsync(cancellationToken);
                RandomAccess.FlushToDisk(stream.SafeFileHandle);
            }

            File.Move(part, file, overwrite: true);
            return new DeliveryResult.Sent();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new DeliveryResult.Failed($"the pickup folder cannot be written ({failure.GetType().Name})");
        }
    }
}
