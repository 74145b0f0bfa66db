using System.Security.Cryptography;
using System.Text;

namespace Monitoring.App.Mailing;

/// <summary>Whether SendGrid wrote what it seems to: ECDSA over P-256 and SHA-256 of the timestamp's characters and the body's bytes as they came, the signature in DER.</summary>
internal static class SendGridSignature
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <summary>A day, for which a server that was out of reach is tried again (whether signed anew is not documented), and some. Told again by somebody else, an event says nothing new: each is taken once by its id.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(26);

    /// <summary>By how much clocks differ.</summary>
    private static readonly TimeSpan Youngest = TimeSpan.FromMinutes(10);

    /// <param name="key">A SubjectPublicKeyInfo in base64.</param>
    public static bool IsKey(string key)
    {
        using var made = Make(key);
        return made is not null;
    }

    public static bool IsRight(string key, string? signature, string? timestamp, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (signature is null || timestamp is null || !long.TryParse(timestamp, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds() || now - DateTimeOffset.FromUnixTimeSeconds(seconds) is var age && (age > Oldest || age < -Youngest))
        {
            return false;
        }

        var der = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, der, out var length))
        {
            return false;
        }

        using var made = Make(key);
        return made is not null && made.VerifyData([.. Encoding.ASCII.GetBytes(timestamp), .. body], der.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static ECDsa? Make(string key)
    {
        var made = ECDsa.Create();
        try
        {
            made.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key), out _);
            if (made.KeySize == 256)
            {
                return made;
            }
        }
        catch (Exception wrong) when (wrong is FormatException or CryptographicException)
        {
            // Said by the null.
        }

        made.Dispose();
        return null;
    }
}
