using System.Text;

namespace Monitoring.App.Mailing;

/// <summary>The server cannot be used as the settings say; says why, without addresses.</summary>
internal sealed class SmtpFailureException(string message) : Exception(message);

internal enum SmtpReplyKind
{
    Good,

    /// <summary>4xx: try again later.</summary>
    Later,

    /// <summary>5xx: do not.</summary>
    Never,
}

/// <param name="Code">Three digits.</param>
internal readonly record struct SmtpReply(int Code, SmtpReplyKind Kind)
{
    /// <summary>What a code means where certain ones are expected (RFC 5321 section 4.3.2).</summary>
    /// <exception cref="SmtpFailureException">The code says neither yes nor no to what was asked, or that we should sign in.</exception>
    public static SmtpReply Judge(int code, params ReadOnlySpan<int> expected) => code switch
    {
        _ when expected.Contains(code) => new SmtpReply(code, SmtpReplyKind.Good),
        530 => throw new SmtpFailureException("the mail server wants us to sign in first (530)"),
        >= 500 => new SmtpReply(code, SmtpReplyKind.Never),
        >= 400 => new SmtpReply(code, SmtpReplyKind.Later),
        _ => throw new SmtpFailureException($"the mail server answered {code}, which is no answer to what we asked"),
    };
}

/// <summary>
/// One conversation with a mail server: greeting, STARTTLS (RFC 3207), AUTH PLAIN or LOGIN (RFC 4954), one mail. What a server says before it
/// may is refused, above all what it says in plain before TLS; lines and replies have limits.
/// </summary>
/// <param name="upgrade">Makes the connection a TLS one, or closes it and throws.</param>
internal sealed class SmtpConversation(MailOptions options, Func<Stream, CancellationToken, Task<Stream>> upgrade) : IAsyncDisposable
{
    private readonly HashSet<string> _offers = new(StringComparer.OrdinalIgnoreCase);
    private SmtpLines _lines = new(Stream.Null);

    /// <summary>Whether the last line of the mail was sent or on its way.</summary>
    public bool IsHandedOver { get; private set; }

    /// <param name="name">What we call ourselves.</param>
    public async Task OpenAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        // The line is ours from here on, also if the handshake fails.
        _lines = new SmtpLines(stream);
        if (options.SmtpSecurity is SmtpSecurity.Tls)
        {
            _lines = new SmtpLines(await upgrade(stream, cancellationToken));
        }

        Need(await ReadAsync(cancellationToken), "greeted with", 220);
        await GreetAsync(name, cancellationToken);
        if (options.SmtpSecurity is SmtpSecurity.StartTls)
        {
            await SecureAsync(name, cancellationToken);
        }

        await (options.SmtpUser.Length > 0 ? SignInAsync(cancellationToken) : Task.CompletedTask);
    }

    /// <returns>The first answer that is not good, or the one to the whole mail.</returns>
    public async Task<SmtpReply> SendAsync(string from, string to, byte[] mail, CancellationToken cancellationToken)
    {
        foreach (var (command, expected) in ((string, int[])[])[($"MAIL FROM:<{from}>", [250]), ($"RCPT TO:<{to}>", [250, 251]), ("DATA", [354])])
        {
            if (SmtpReply.Judge(await AskAsync(command, cancellationToken), expected) is { Kind: not SmtpReplyKind.Good } refusal)
            {
                return refusal;
            }
        }

        await _lines.WriteStuffedAsync(mail, cancellationToken);
        IsHandedOver = true;
        return SmtpReply.Judge(await AskAsync(".", cancellationToken), 250);
    }

    public Task QuitAsync(CancellationToken cancellationToken) => AskAsync("QUIT", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _lines.DisposeAsync();
    }

    private static void Need(int code, string what, int expected)
    {
        if (code != expected)
        {
            throw new SmtpFailureException($"the mail server {what} {code}");
        }
    }

    private async Task GreetAsync(string name, CancellationToken cancellationToken)
    {
        _offers.Clear();
        await _lines.WriteAsync($"EHLO {name}", cancellationToken);
        Need(await ReadAsync(cancellationToken, line => _offers.Add(line.Trim())), "answered our greeting with", 250);
    }

    private async Task SecureAsync(string name, CancellationToken cancellationToken)
    {
        if (!_offers.Contains("STARTTLS"))
        {
            throw new SmtpFailureException("the mail server offers no STARTTLS, which the settings demand");
        }

        Need(await AskAsync("STARTTLS", cancellationToken), "answered STARTTLS with", 220);
        if (_lines.HasMore)
        {
            throw new SmtpFailureException("the mail server said more in plain after STARTTLS");
        }

        _lines = new SmtpLines(await upgrade(_lines.Stream, cancellationToken));
        await GreetAsync(name, cancellationToken);
    }

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        var methods = _offers.FirstOrDefault(offer => offer.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase))?.Split(' ') ?? [];
        if (methods.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            Need(await AskAsync($"AUTH PLAIN {Base64($"\0{options.SmtpUser}\0{options.SmtpPassword}")}", cancellationToken), "refused the password with", 235);
        }
        else if (methods.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
        {
            Need(await AskAsync("AUTH LOGIN", cancellationToken), "refused to let us sign in with", 334);
            Need(await AskAsync(Base64(options.SmtpUser), cancellationToken), "refused the user with", 334);
            Need(await AskAsync(Base64(options.SmtpPassword), cancellationToken), "refused the password with", 235);
        }
        else
        {
            throw new SmtpFailureException("the mail server offers neither AUTH PLAIN nor AUTH LOGIN");
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task<int> AskAsync(string command, CancellationToken cancellationToken)
    {
        await _lines.WriteAsync(command, cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    /// <summary>A reply of one or more lines, all with the same code (RFC 5321 section 4.2).</summary>
    private async Task<int> ReadAsync(CancellationToken cancellationToken, Action<string>? take = null)
    {
        for (var count = 0; count < SmtpLines.MostLines; count++)
        {
            var line = await _lines.ReadAsync(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code) || code is < 200 or > 599)
            {
                throw new SmtpFailureException("the mail server said something that is no answer");
            }

            take?.Invoke(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
            {
                return code;
            }
        }

        throw new SmtpFailureException("the mail server's answer has no end");
    }
}
