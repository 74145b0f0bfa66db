using System.Net;
using System.Net.Security;
using System.Text;
using Monitoring.Alerts.Delivery;
using Monitoring.Network;

namespace Monitoring.App.Mailing;

/// <summary>Hands each mail to a mail server (RFC 5321), one connection a mail. The server's address comes from settings and is not judged by the guard.</summary>
internal sealed class SmtpTransport(IResolver resolver, IDialer dialer, TrustPolicy trust, MailOptions options, TimeProvider time) : IMailTransport
{
    /// <summary>Longest time for one of several addresses: one that swallows packets leaves time for the next.</summary>
    private static readonly TimeSpan ConnectingAtMost = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for the server's goodbye. Short: until it ends, nothing is on record of what became of the mail.</summary>
    private static readonly TimeSpan PartingAtMost = TimeSpan.FromSeconds(5);

    public string Name => "smtp";

    public bool IsIdempotent => false;

    public async Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (MailAddressText.ToAscii(mail.From) is not { } from || MailAddressText.ToAscii(mail.To) is not { } to)
        {
            return new DeliveryResult.Refused(MailAddressText.Refusal);
        }

        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var conversation = new SmtpConversation(options, UpgradeAsync);
        try
        {
            await conversation.OpenAsync(await ConnectAsync(both.Token), from[(from.LastIndexOf('@') + 1)..], both.Token);
            var reply = await conversation.SendAsync(from, to, Encoding.ASCII.GetBytes(MimeWriter.Write(mail)), both.Token);
            await PartAsync(conversation, both.Token);
            return reply.Kind switch
            {
                SmtpReplyKind.Good => new DeliveryResult.Sent(),
                SmtpReplyKind.Later => new DeliveryResult.Failed($"the mail server answered {reply.Code}"),
                _ => new DeliveryResult.Refused($"the mail server answered {reply.Code}"),
            };
        }
        catch (SmtpFailureException failure)
        {
            return Broken(conversation, failure.Message);
        }
        catch (Exception failure) when (failure is IOException or System.Security.Authentication.AuthenticationException or System.Net.Sockets.SocketException)
        {
            return Broken(conversation, $"the line to the mail server failed ({FailureClassifier.Classify(failure)})");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Broken(conversation, "the mail server did not answer in time");
        }
        finally
        {
            await conversation.DisposeAsync();
        }
    }

    /// <summary>When the last line of the mail was on its way, the server may have taken it.</summary>
    private static DeliveryResult Broken(SmtpConversation conversation, string reason) =>
        conversation.IsHandedOver ? new DeliveryResult.Unknown(reason) : new DeliveryResult.Failed(reason);

    /// <summary>Says goodbye, as RFC 5321 section 4.1.1.10 wants it.</summary>
    private async Task PartAsync(SmtpConversation conversation, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(PartingAtMost, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await conversation.QuitAsync(both.Token);
        }
        catch (Exception failure) when (failure is IOException or SmtpFailureException or OperationCanceledException)
        {
            // What became of the mail was said before, and no failure of a goodbye changes it; nor does it if we are told to stop meanwhile.
        }
    }

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var answer = IPAddress.TryParse(options.SmtpHost, out var literal) ? new ResolverAnswer([literal], Failure: null) : await resolver.ResolveAsync(options.SmtpHost, cancellationToken);
        var failure = new NetworkFailureException(answer.Failure ?? Failure.DnsNoAnswer);
        for (var i = 0; i < answer.Addresses.Count; i++)
        {
            try
            {
                return await ConnectAsync(answer.Addresses[i], isLast: i == answer.Addresses.Count - 1, cancellationToken);
            }
            catch (NetworkFailureException next)
            {
                failure = next;
            }
        }

        throw failure;
    }

    /// <param name="isLast">There is nothing to leave time for.</param>
    private async Task<Stream> ConnectAsync(IPAddress address, bool isLast, CancellationToken cancellationToken)
    {
        var share = options.Timeout / 3 < ConnectingAtMost ? options.Timeout / 3 : ConnectingAtMost;
        using var limit = new CancellationTokenSource(isLast ? Timeout.InfiniteTimeSpan : share, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await dialer.ConnectTrustedAsync(new IPEndPoint(address, options.SmtpPort), both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new NetworkFailureException(Failure.Timeout);
        }
    }

    private async Task<Stream> UpgradeAsync(Stream plain, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = options.SmtpHost,
                    CertificateChainPolicy = trust.ForHandshake(),
                    RemoteCertificateValidationCallback = (_, _, chain, errors) => CertificateFault.Of(chain, errors) is { } fault ? throw new NetworkFailureException(fault) : true,
                },
                cancellationToken);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}
