using System.Text;
using Monitoring.Alerts.Delivery;
using Monitoring.Watchlist;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;

namespace Monitoring.Alerts.Mails;

/// <summary>
/// A mail that only the owner of an OpenPGP key can read: its subject and its plain text as one armored message (AES-256 with an integrity check, not compressed: a compressed size
/// would tell of the words), under the neutral subject of sensitive mails. The message stands in the text itself, because SendGrid's interface takes no <c>multipart/encrypted</c>
/// (RFC 3156). Who sends to whom, when, how much, the language, which list it is of and the way out of it, and which mail it follows stay visible, as all headers do.
/// </summary>
internal static class SealedMail
{
    public const string Expired = $"the recipient's OpenPGP key {PgpKey.Expired}";
    public const string Unusable = "the recipient's OpenPGP key cannot be used";

    /// <summary>One in 256 messages for RSA is a byte shorter than the others; so many in a row never are.</summary>
    private const int MostTries = 32;

    /// <summary>The same mail sealed. Texts of one length make messages of one length.</summary>
    /// <returns>The mail, or why there is none: then nothing is sent.</returns>
    public static (OutgoingMail? Mail, string? Refusal) Seal(OutgoingMail mail, Recipient recipient, string block, DateTimeOffset now)
    {
        if (PgpKey.Read(block).Key is not { } read)
        {
            return (null, Unusable);
        }

        if (read.EncryptingAt(now) is not { } key)
        {
            return (null, Expired);
        }

        try
        {
            return (mail with { Subject = SensitiveMail.SubjectOf(recipient), Text = Write($"{mail.Subject}\n\n{mail.Text}", key), Html = null }, null);
        }
        catch (Exception failure) when (PgpKey.IsOfBadInput(failure))
        {
            // A point that is on the curve and makes no secret.
            return (null, Unusable);
        }
    }

    /// <summary>The armored message of a text.</summary>
    public static string Write(string text, PgpPublicKey key)
    {
        var literal = Literal(Encoding.UTF8.GetBytes(text));
        var random = new SecureRandom(new CryptoApiRandomGenerator());
        var message = EncryptedOnce(literal, key, random);
        for (var tries = 1; tries < MostTries && !IsLongest(message, key); tries++)
        {
            message = EncryptedOnce(literal, key, random);
        }

        return Armored(message);
    }

    private static byte[] EncryptedOnce(byte[] literal, PgpPublicKey key, SecureRandom random)
    {
        var generator = new PgpEncryptedDataGenerator(SymmetricKeyAlgorithmTag.Aes256, withIntegrityPacket: true, random);
        generator.AddMethod(key);
        using var message = new MemoryStream();
        using (var body = generator.Open(message, literal.Length))
        {
            body.Write(literal);
        }

        return message.ToArray();
    }

    /// <summary>The text as it is, without a file name or a time.</summary>
    private static byte[] Literal(byte[] text)
    {
        using var literal = new MemoryStream();
        using (var body = new PgpLiteralDataGenerator().Open(literal, PgpLiteralData.Binary, "", text.Length, DateTime.UnixEpoch))
        {
            body.Write(text);
        }

        return literal.ToArray();
    }

    /// <summary>An RSA number is written without leading zeros; a point of a curve always has its first byte.</summary>
    private static bool IsLongest(byte[] message, PgpPublicKey key)
    {
        if (key.PublicKeyPacket.Key is not RsaPublicBcpgKey rsa)
        {
            return true;
        }

        // Two bytes say how many bits follow.
        using var packets = new BcpgInputStream(new MemoryStream(message));
        return packets.ReadPacket() is PublicKeyEncSessionPacket session && session.GetEncSessionKey()[0].Length == 2 + ((rsa.Modulus.BitLength + 7) / 8);
    }

    private static string Armored(byte[] message)
    {
        using var text = new MemoryStream();
        using (var armor = new ArmoredOutputStream(text, addVersionHeader: false))
        {
            armor.Write(message);
        }

        return Encoding.ASCII.GetString(text.ToArray()).ReplaceLineEndings("\n");
    }
}
