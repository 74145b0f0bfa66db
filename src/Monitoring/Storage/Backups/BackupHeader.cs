using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Storage.Backups;

/// <summary>
/// The first bytes of a backup, which are not secret: what it is, how the key is made from the passphrase, and a code made with that key over all of them,
/// so that a wrong passphrase is told at once and apart from damage.
/// </summary>
/// <param name="Iterations">Of PBKDF2 with HMAC-SHA-512.</param>
/// <param name="Salt">16 random bytes, new for each backup: with it each has a key of its own.</param>
/// <param name="NoncePrefix">7 random bytes.</param>
internal sealed record BackupHeader(int Iterations, byte[] Salt, byte[] NoncePrefix)
{
    public const int Length = 16 + 4 + 4 + SaltBytes + PrefixBytes + CodeBytes;

    /// <summary>What OWASP asks of PBKDF2 is less with SHA-512; a stolen backup may be guessed at for years.</summary>
    public const int LeastIterations = 600_000;

    /// <summary>A forged header must not keep the machine busy for hours: this takes seconds.</summary>
    public const int MostIterations = 10_000_000;

    private const int Version = 1, SaltBytes = 16, PrefixBytes = 7, CodeBytes = 32;

    private static ReadOnlySpan<byte> Magic => "MONITORINGBACKUP"u8;

    public static BackupHeader New() => new(LeastIterations, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(PrefixBytes));

    /// <exception cref="BackupException">Not the first bytes of a backup, or of one that this version cannot read.</exception>
    public static BackupHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Magic.Length || !bytes[..Magic.Length].SequenceEqual(Magic))
        {
            throw new BackupException(BackupProblem.Damaged, "is no backup of this program");
        }

        if (bytes.Length < Length)
        {
            throw new BackupException(BackupProblem.Damaged, "is cut off in its first bytes");
        }

        var version = BinaryPrimitives.ReadInt32BigEndian(bytes[16..]);
        if (version != Version)
        {
            throw version > Version
                ? new BackupException(BackupProblem.TooNew, string.Create(CultureInfo.InvariantCulture, $"was written by a newer version (format {version}); this one reads format {Version}"))
                : new BackupException(BackupProblem.Damaged, "is damaged in its first bytes");
        }

        var iterations = BinaryPrimitives.ReadInt32BigEndian(bytes[20..]);
        return iterations is >= LeastIterations and <= MostIterations
            ? new BackupHeader(iterations, bytes.Slice(24, SaltBytes).ToArray(), bytes.Slice(24 + SaltBytes, PrefixBytes).ToArray())
            : throw new BackupException(BackupProblem.Damaged, string.Create(
                CultureInfo.InvariantCulture, $"is damaged in its first bytes: {iterations} rounds of key derivation, {LeastIterations} to {MostIterations} are expected"));
    }

    /// <summary>The bytes as they stand in the file, and the key of what follows.</summary>
    public (byte[] Bytes, byte[] Key) Seal(string passphrase)
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), Version);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), Iterations);
        Salt.CopyTo(bytes, 24);
        NoncePrefix.CopyTo(bytes, 24 + SaltBytes);

        // One block of SHA-512 gives both keys at the price of one.
        var keys = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormC)), Salt, Iterations, HashAlgorithmName.SHA512, 64);
        HMACSHA256.HashData(keys.AsSpan(32), bytes.AsSpan(0, Length - CodeBytes), bytes.AsSpan(Length - CodeBytes));
        return (bytes, keys[..32]);
    }

    /// <exception cref="BackupException">The passphrase is wrong, or the first bytes are damaged; nobody can tell which.</exception>
    public static (BackupHeader Header, byte[] Key) Open(ReadOnlySpan<byte> bytes, string passphrase)
    {
        var header = Read(bytes);
        var (expected, key) = header.Seal(passphrase);
        return CryptographicOperations.FixedTimeEquals(expected, bytes)
            ? (header, key)
            : throw new BackupException(BackupProblem.WrongPassphrase, "does not open with this passphrase (or its first bytes are damaged)");
    }
}
