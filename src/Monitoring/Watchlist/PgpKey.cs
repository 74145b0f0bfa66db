using System.Text;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace Monitoring.Watchlist;

/// <summary>
/// An OpenPGP public key (RFC 9580, version 4) that mails can be sealed for. Its parts are those that the key's owner says may encrypt, by signatures that were verified; a part
/// or a key with any revocation on it is not used, whoever signed that. Says nothing of who the owner is: whoever pastes a key compares its fingerprint.
/// </summary>
public sealed class PgpKey
{
    /// <summary>What messages call a key that is past its end.</summary>
    internal const string Expired = "has expired";

    private const string Begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private const string End = "-----END PGP PUBLIC KEY BLOCK-----";
    private const string NoBlock = "a public key block from BEGIN PGP PUBLIC KEY BLOCK to END PGP PUBLIC KEY BLOCK, whole and unchanged, is expected";
    private const string Secret = "this is a PRIVATE key: a secret of the recipient, which must not be pasted anywhere; give the public key, and tell the recipient if this one was sent to you";
    private const string Several = "more than one key was found; the key of this recipient alone is expected";
    private const string Revoked = "this key was revoked by its owner";
    private const string Unfit = "this key has no part that may encrypt mails and is not revoked; RSA of 2048 to 4096 bits, Curve25519 or a NIST curve is expected";

    private const int FewestRsaBits = 2048;

    /// <summary>A longer one takes seconds for each signature of its block, and no usual program makes one.</summary>
    private const int MostRsaBits = 4096;

    /// <summary>In use is 17 bits; a huge one would take minutes.</summary>
    private const int MostExponentBits = 64;

    /// <summary>NIST P-256, P-384 and P-521, and Curve25519 as version 4 names it.</summary>
    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35", "1.3.6.1.4.1.3029.1.5.1"];

    private readonly IReadOnlyList<Part> _parts;

    private PgpKey(PgpPublicKey primary, IReadOnlyList<Part> parts)
    {
        Fingerprint = string.Join(' ', Convert.ToHexString(primary.GetFingerprint()).Chunk(4).Select(four => new string(four)));
        _parts = parts;
    }

    /// <summary>As people compare it: in capital letters and groups of four.</summary>
    public string Fingerprint { get; }

    /// <summary>After that nothing can be sealed any more; null: no end.</summary>
    public DateTimeOffset? Until => _parts.Any(part => part.Until is null) ? null : _parts.Max(part => part.Until);

    public bool HasExpired(DateTimeOffset now) => EncryptingAt(now) is null;

    /// <summary>The newest part that is not past its end; null if all are.</summary>
    internal PgpPublicKey? EncryptingAt(DateTimeOffset now) => _parts.Where(part => part.Until is null || part.Until > now).MaxBy(part => part.Key.CreationTime)?.Key;

    /// <summary>Reads an armored block. Does not throw: it is typed by people, or sent to them.</summary>
    /// <returns>The key, or what is wrong with the block. That a key has expired is asked of the key.</returns>
    public static (PgpKey? Key, string? Problem) Read(string block)
    {
        if (block.Contains("BEGIN PGP PRIVATE KEY BLOCK", StringComparison.Ordinal))
        {
            return (null, Secret);
        }

        if (!block.StartsWith(Begin, StringComparison.Ordinal) || !block.EndsWith(End, StringComparison.Ordinal) || block.Length > Recipient.LongestPgpKey)
        {
            return (null, NoBlock);
        }

        try
        {
            return block.LastIndexOf(Begin, StringComparison.Ordinal) > 0 ? (null, Several) : Judge(new PgpObjectFactory(Dearmored(block)).AllPgpObjects());
        }
        catch (Exception failure) when (IsOfBadInput(failure))
        {
            return (null, NoBlock);
        }
    }

    /// <summary>What the library throws at packets, numbers and points that are none.</summary>
    internal static bool IsOfBadInput(Exception failure) =>
        failure is IOException or PgpException or UnsupportedPacketVersionException or CryptoException or GeneralSecurityException or SecurityUtilityException or ArgumentException or InvalidOperationException or FormatException or ArithmeticException
            or IndexOutOfRangeException or NotSupportedException or InvalidCastException;

    private static byte[] Dearmored(string block)
    {
        using var armored = new ArmoredInputStream(new MemoryStream(Encoding.ASCII.GetBytes(block)));
        using var bytes = new MemoryStream();
        armored.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static (PgpKey? Key, string? Problem) Judge(IList<PgpObject> packets) => packets switch
    {
        _ when packets.Any(packet => packet is PgpSecretKeyRing or PgpSecretKey) => (null, Secret),
        [PgpPublicKeyRing ring] => Judge(ring),
        [PgpPublicKeyRing, ..] when packets.All(packet => packet is PgpPublicKeyRing) => (null, Several),
        _ => (null, NoBlock),
    };

    private static (PgpKey? Key, string? Problem) Judge(PgpPublicKeyRing ring)
    {
        var primary = ring.GetPublicKey();
        if (primary.HasRevocation())
        {
            return (null, Revoked);
        }

        if (primary.Version != PublicKeyPacket.Version4 || !CanVerify(primary) || Newest(OwnSignatures(primary)) is not { } own)
        {
            return (null, Unfit);
        }

        var parts = ring.GetPublicKeys()
            .Where(key => !key.HasRevocation() && CanEncrypt(key))
            .Select(key => (Key: key, Signature: key.IsMasterKey ? own : Newest(Bindings(key, primary))))
            .Where(part => part.Signature is not null && (part.Signature.GetHashedSubPackets().GetKeyFlags() & PgpKeyFlags.CanEncryptCommunications) != 0)
            .Select(part => new Part(part.Key, Earlier(EndOf(primary, own), EndOf(part.Key, part.Signature!))))
            .ToList();
        return parts.Count == 0 ? (null, Unfit) : (new PgpKey(primary, parts), null);
    }

    /// <summary>A primary key whose signatures can be verified in little time.</summary>
    private static bool CanVerify(PgpPublicKey key) => key.PublicKeyPacket.Key is RsaPublicBcpgKey rsa ? IsFit(rsa) : key.PublicKeyPacket.Key is ECPublicBcpgKey or Ed25519PublicBcpgKey;

    private static bool CanEncrypt(PgpPublicKey key) => key.PublicKeyPacket.Key switch
    {
        RsaPublicBcpgKey rsa => key.Algorithm is PublicKeyAlgorithmTag.RsaGeneral or PublicKeyAlgorithmTag.RsaEncrypt && IsFit(rsa) && IsWhole(key),
        ECDHPublicBcpgKey curve => Curves.Contains(curve.CurveOid.Id) && IsWhole(key),
        _ => false,
    };

    private static bool IsFit(RsaPublicBcpgKey rsa) => rsa.Modulus.BitLength is >= FewestRsaBits and <= MostRsaBits && rsa.PublicExponent.BitLength <= MostExponentBits;

    /// <summary>Whether its numbers are those of a key.</summary>
    private static bool IsWhole(PgpPublicKey key) => Holds(() => key.GetKey() is not null);

    /// <summary>What the key says of itself: over its names, or over itself alone.</summary>
    private static IEnumerable<PgpSignature> OwnSignatures(PgpPublicKey primary) =>
    [
        // As bytes: the library reads them as Latin-1 when asked for texts.
        .. primary.GetRawUserIds().Select(Encoding.UTF8.GetString).Distinct(StringComparer.Ordinal).SelectMany(name => (primary.GetSignaturesForId(Encoding.UTF8.GetBytes(name)) ?? [])
            .Where(signature => signature.IsCertification() && IsBy(primary, signature) && Verifies(signature, primary, () => signature.VerifyCertification(name, primary)))),
        .. primary.GetSignaturesOfType(PgpSignature.DirectKey)
            .Where(signature => IsBy(primary, signature) && Verifies(signature, primary, () => signature.VerifyCertification(primary))),
    ];

    /// <summary>Where the key says that another belongs to it. Unsigned, anybody could have put that one in.</summary>
    private static IEnumerable<PgpSignature> Bindings(PgpPublicKey key, PgpPublicKey primary) => key.GetSignaturesOfType(PgpSignature.SubkeyBinding)
        .Where(signature => IsBy(primary, signature) && Verifies(signature, primary, () => signature.VerifyCertification(primary, key)));

    private static bool IsBy(PgpPublicKey primary, PgpSignature signature) => signature.KeyId == primary.KeyId;

    private static bool Verifies(PgpSignature signature, PgpPublicKey primary, Func<bool> verify) => Holds(() =>
    {
        signature.InitVerify(primary);
        return verify();
    });

    private static bool Holds(Func<bool> claim)
    {
        try
        {
            return claim();
        }
        catch (Exception failure) when (IsOfBadInput(failure))
        {
            return false;
        }
    }

    private static PgpSignature? Newest(IEnumerable<PgpSignature> signatures) => signatures.MaxBy(signature => signature.CreationTime);

    /// <summary>Of the key by its signature, or of the signature itself.</summary>
    private static DateTimeOffset? EndOf(PgpPublicKey key, PgpSignature signature)
    {
        var said = signature.GetHashedSubPackets();
        return Earlier(After(key.CreationTime, said.GetKeyExpirationTime()), After(signature.CreationTime, said.GetSignatureExpirationTime()));
    }

    private static DateTimeOffset? After(DateTime start, long seconds) => seconds == 0 ? null : new DateTimeOffset(DateTime.SpecifyKind(start, DateTimeKind.Utc)).AddSeconds(seconds);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private sealed record Part(PgpPublicKey Key, DateTimeOffset? Until);
}
