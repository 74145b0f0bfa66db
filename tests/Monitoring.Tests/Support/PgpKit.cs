using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Monitoring.Tests.Support;

/// <summary>A key pair of an invented person, made by the test. Its parts: one that signs, and one that encrypts unless it is told otherwise.</summary>
internal sealed class PgpKit
{
    /// <summary>In the name of every key: must be seen nowhere outside of them.</summary>
    public const string Owner = "Әсел Ойдан <asel@example.org>";

    public const int Encrypts = PgpKeyFlags.CanEncryptCommunications | PgpKeyFlags.CanEncryptStorage;

    /// <summary>When every key is made.</summary>
    public static readonly DateTime Made = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly Lazy<PgpKit> LazyRsa = new(() => new PgpKit(RsaPair(), RsaPair()));
    private static readonly Lazy<PgpKit> LazyCurve = new(() => new PgpKit(EdPair(), XPair()));

    private readonly PgpSecretKeyRing _secret;

    public PgpKit(PgpKeyPair primary, PgpKeyPair part, int flags = Encrypts, TimeSpan? lasts = null, TimeSpan? partLasts = null)
    {
        var rings = new PgpKeyRingGenerator(
            PgpSignature.PositiveCertification, primary, Owner, SymmetricKeyAlgorithmTag.Null, HashAlgorithmTag.Sha256, (char[])[], useSha1: true,
            Says(PgpKeyFlags.CanCertify | PgpKeyFlags.CanSign, lasts), unhashedPackets: null, Random);
        rings.AddSubKey(part, Says(flags, partLasts), unhashedPackets: null, HashAlgorithmTag.Sha256);
        _secret = rings.GenerateSecretKeyRing();
        Ring = rings.GeneratePublicKeyRing();
    }

    public static PgpKit Rsa => LazyRsa.Value;

    public static PgpKit Curve => LazyCurve.Value;

    public PgpPublicKeyRing Ring { get; }

    public string Block => Armored(Ring.Encode);

    public string PrivateBlock => Armored(_secret.Encode);

    private static SecureRandom Random { get; } = new();

    public static PgpKeyPair RsaPair(int bits = 2048)
    {
        using var rsa = RSA.Create(bits);
        return new PgpKeyPair(PublicKeyAlgorithmTag.RsaGeneral, DotNetUtilities.GetRsaKeyPair(rsa), Made);
    }

    public static PgpKeyPair EdPair()
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(Random));
        return new PgpKeyPair(PublicKeyAlgorithmTag.EdDsa_Legacy, generator.GenerateKeyPair(), Made);
    }

    public static PgpKeyPair XPair()
    {
        var generator = new X25519KeyPairGenerator();
        generator.Init(new X25519KeyGenerationParameters(Random));
        return new PgpKeyPair(PublicKeyAlgorithmTag.ECDH, generator.GenerateKeyPair(), Made);
    }

    public static PgpKeyPair NistPair(string curve)
    {
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(SecNamedCurves.GetOid(curve), Random));
        return new PgpKeyPair(PublicKeyAlgorithmTag.ECDH, generator.GenerateKeyPair(), Made);
    }

    /// <summary>The block after the owner revoked the key, or the part that encrypts.</summary>
    public string Revoked(bool isPart)
    {
        var (primary, part) = (Ring.GetPublicKey(), Ring.GetPublicKeys().Last());
        var generator = new PgpSignatureGenerator(primary.Algorithm, HashAlgorithmTag.Sha256);
        generator.InitSign(isPart ? PgpSignature.SubkeyRevocation : PgpSignature.KeyRevocation, _secret.GetSecretKey().ExtractPrivateKey([]));
        var revoked = isPart ? PgpPublicKey.AddCertification(part, generator.GenerateCertification(primary, part)) : PgpPublicKey.AddCertification(primary, generator.GenerateCertification(primary));
        return Armored(PgpPublicKeyRing.InsertPublicKey(Ring, revoked).Encode);
    }

    /// <summary>The block with another key's part, which this one never signed.</summary>
    public string WithPartOf(PgpKit other) => Armored(PgpPublicKeyRing.InsertPublicKey(PgpPublicKeyRing.RemovePublicKey(Ring, Ring.GetPublicKeys().Last()), other.Ring.GetPublicKeys().Last()).Encode);

    /// <summary>What stands in a message, whose integrity is checked.</summary>
    public string Decrypt(string message)
    {
        var sealedText = Assert.Single(((PgpEncryptedDataList)new PgpObjectFactory(Dearmored(message)).NextPgpObject()).GetEncryptedDataObjects().OfType<PgpPublicKeyEncryptedData>());
        using var clear = sealedText.GetDataStream(_secret.GetSecretKey(sealedText.KeyId).ExtractPrivateKey([]));
        var literal = Assert.IsType<PgpLiteralData>(new PgpObjectFactory(clear).NextPgpObject());
        using var text = new MemoryStream();
        literal.GetInputStream().CopyTo(text);
        Assert.True(sealedText.IsIntegrityProtected() && sealedText.Verify());
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static byte[] Dearmored(string message)
    {
        using var armored = new ArmoredInputStream(new MemoryStream(Encoding.ASCII.GetBytes(message)));
        using var bytes = new MemoryStream();
        armored.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string Armored(Action<Stream> encode)
    {
        using var text = new MemoryStream();
        using (var armor = new ArmoredOutputStream(text, addVersionHeader: false))
        {
            encode(armor);
        }

        return Encoding.ASCII.GetString(text.ToArray()).ReplaceLineEndings("\n").Trim();
    }

    private static PgpSignatureSubpacketVector Says(int flags, TimeSpan? lasts)
    {
        var says = new PgpSignatureSubpacketGenerator();
        says.SetKeyFlags(isCritical: true, flags);
        says.SetSignatureCreationTime(isCritical: false, Made);
        if (lasts is { } time)
        {
            says.SetKeyExpirationTime(isCritical: true, (long)time.TotalSeconds);
        }

        return says.Generate();
    }
}
