using System.Text;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace Monitoring.Tests.Watchlist;

public sealed class PgpKeyTests
{
    private const string Malformed = "a public key block from BEGIN PGP PUBLIC KEY BLOCK to END PGP PUBLIC KEY BLOCK, whole and unchanged, is expected";
    private const string Unfit = "this key has no part that may encrypt mails and is not revoked; RSA of 2048 to 4096 bits, Curve25519 or a NIST curve is expected";

    private static readonly DateTimeOffset Made = new(PgpKit.Made);

    public static TheoryData<string> Good => ["rsa", "curve25519", "secp256r1", "secp384r1", "secp521r1"];

    [Theory]
    [MemberData(nameof(Good))]
    public void The_part_that_may_encrypt_is_chosen(string kind)
    {
        var kit = KitOf(kind);

        var key = Usable(kit.Block);

        Assert.Equal(kit.Ring.GetPublicKeys().Last().KeyId, key.EncryptingAt(Some.Time)!.KeyId);
        Assert.Equal(Convert.ToHexString(kit.Ring.GetPublicKey().GetFingerprint()), key.Fingerprint.Replace(" ", "", StringComparison.Ordinal));
        Assert.Matches("^([0-9A-F]{4} ){9}[0-9A-F]{4}$", key.Fingerprint);
        Assert.Null(key.Until);
    }

    [Fact]
    public void It_ends_with_its_first_end()
    {
        var day = TimeSpan.FromDays(1);

        Assert.Equal(Made + day, Usable(new PgpKit(PgpKit.EdPair(), PgpKit.XPair(), lasts: day, partLasts: 2 * day).Block).Until);
        Assert.Equal(Made + day, Usable(new PgpKit(PgpKit.EdPair(), PgpKit.XPair(), partLasts: day).Block).Until);
        Assert.Equal(Made + day, Usable(new PgpKit(PgpKit.EdPair(), PgpKit.XPair(), lasts: day).Block).Until);
    }

    [Fact]
    public void It_has_expired_from_its_end_on()
    {
        var key = Usable(new PgpKit(PgpKit.EdPair(), PgpKit.XPair(), lasts: TimeSpan.FromDays(1)).Block);

        Assert.False(key.HasExpired(Made.AddDays(1).AddSeconds(-1)));
        Assert.True(key.HasExpired(Made.AddDays(1)));
    }

    [Fact]
    public void A_revoked_key_or_part_is_not_used()
    {
        Assert.Equal("this key was revoked by its owner", ProblemOf(PgpKit.Curve.Revoked(isPart: false)));
        Assert.Equal(Unfit, ProblemOf(PgpKit.Curve.Revoked(isPart: true)));
    }

    [Fact]
    public void What_may_not_encrypt_or_is_too_weak_is_unfit()
    {
        Assert.Equal(Unfit, ProblemOf(new PgpKit(PgpKit.EdPair(), PgpKit.EdPair(), PgpKeyFlags.CanSign).Block));
        Assert.Equal(Unfit, ProblemOf(new PgpKit(PgpKit.EdPair(), PgpKit.XPair(), PgpKeyFlags.CanSign).Block));
        Assert.Equal(Unfit, ProblemOf(new PgpKit(PgpKit.EdPair(), PgpKit.RsaPair(1024)).Block));
        Assert.Equal(Unfit, ProblemOf(new PgpKit(PgpKit.EdPair(), PgpKit.NistPair("secp256k1")).Block));
    }

    [Fact]
    public void A_part_that_the_key_never_signed_is_not_used() => Assert.Equal(Unfit, ProblemOf(PgpKit.Curve.WithPartOf(PgpKit.Rsa)));

    [Fact]
    public void A_private_key_is_refused_as_a_secret()
    {
        const string Secret = "this is a PRIVATE key: a secret of the recipient, which must not be pasted anywhere; give the public key, and tell the recipient if this one was sent to you";

        Assert.Equal(Secret, ProblemOf(PgpKit.Curve.PrivateBlock));
        Assert.Equal(Secret, ProblemOf(PgpKit.Curve.PrivateBlock.Replace("PRIVATE", "PUBLIC", StringComparison.Ordinal)));
        Assert.Equal(Secret, ProblemOf(PgpKit.Curve.Block + "\n" + PgpKit.Curve.PrivateBlock));
    }

    [Fact]
    public void Of_two_keys_none_is_chosen()
    {
        const string Several = "more than one key was found; the key of this recipient alone is expected";
        var other = new PgpKit(PgpKit.EdPair(), PgpKit.XPair());

        Assert.Equal(Several, ProblemOf(PgpKit.Curve.Block + "\n" + other.Block));
        Assert.Equal(Several, ProblemOf(PgpKit.Armored(stream =>
        {
            PgpKit.Curve.Ring.Encode(stream);
            other.Ring.Encode(stream);
        })));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("-----BEGIN PGP PUBLIC KEY BLOCK-----")]
    [InlineData("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----")]
    [InlineData("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nnonsense\n-----END PGP PUBLIC KEY BLOCK-----")]
    [InlineData("-----BEGIN PGP MESSAGE-----\n\nhF4D\n-----END PGP MESSAGE-----")]
    [InlineData("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxv8AAAAA\n-----END PGP PUBLIC KEY BLOCK-----")]
    public void Garbage_is_no_block(string block) => Assert.Equal(Malformed, ProblemOf(block));

    [Fact]
    public void A_block_that_was_cut_anywhere_is_no_block()
    {
        var block = PgpKit.Curve.Block;

        Assert.All(Enumerable.Range(0, block.Length - 1), length => Assert.Equal(Malformed, ProblemOf(block[..length])));
    }

    [Fact]
    public void A_block_without_some_of_its_lines_is_not_used()
    {
        var lines = PgpKit.Rsa.Block.Split('\n');

        Assert.All(Enumerable.Range(2, lines.Length - 4), line => Assert.NotNull(ProblemOf(string.Join('\n', lines.Where((_, index) => index != line)))));
    }

    [Fact]
    public void Lengths_that_packets_claim_are_not_believed()
    {
        byte[][] packets =
        [
            [0xc6, 0xff, 0x7f, 0xff, 0xff, 0xff, 4, 0, 0, 0, 0, 1], // a key of two gigabytes
            [0xc2, 0xff, 0x7f, 0xff, 0xff, 0xff, 6, 0x13, 1, 8, 0x7f, 0xff, 0xff, 0xff], // a signature's packets of two gigabytes
            [.. Head(), 0xc2, 0x0c, 6, 0x13, 1, 8, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0],
            [.. Head(), 0xc2, 0xff, 0x7f, 0xff, 0xff, 0xff, 4, 0x13, 22, 8, 0xff, 0xff],
            [.. Head(), 0xd1, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 1],
            [.. Head(), 0xcd, 0xff, 0x7f, 0xff, 0xff, 0xff],
        ];

        Assert.All(packets, packet => Assert.NotNull(ProblemOf(PgpKit.Armored(stream => stream.Write(packet)))));
    }

    [Fact]
    public void Whatever_is_changed_in_a_good_block_the_answer_is_a_key_or_a_problem()
    {
        var good = PgpKit.Curve.Ring.GetEncoded();
        var blocks = Enumerable.Range(0, 2000).Select(seed =>
        {
            var random = new Random(seed);
            return seed % 2 == 0 ? Mutated(PgpKit.Curve.Block, random) : PgpKit.Armored(stream => stream.Write(Mutated(good, random)));
        });

        foreach (var (seed, block) in blocks.Index())
        {
            var (key, problem) = PgpKey.Read(block);

            Assert.True(key is null != problem is null, $"seed {seed}");
            Assert.True(key is null || key.EncryptingAt(Some.Time)?.KeyId == PgpKit.Curve.Ring.GetPublicKeys().Last().KeyId, $"seed {seed}");
        }
    }

    [Fact]
    public void A_list_names_the_field_and_what_is_wrong_by_now()
    {
        var kit = new PgpKit(PgpKit.EdPair(), PgpKit.XPair(), lasts: TimeSpan.FromDays(10));
        var recipient = People.Reader() with { PgpKey = kit.Block };

        Assert.Empty(PgpKeyField.ProblemsOf(recipient, Made));
        Assert.Equal([("pgpKey", "this key has expired on 2026-11-11; ask the recipient for the present one")], PgpKeyField.ProblemsOf(recipient, Some.Time));
        Assert.Equal([("pgpKey", Malformed)], PgpKeyField.ProblemsOf(recipient with { PgpKey = "nonsense" }, Made));
        Assert.Empty(PgpKeyField.ProblemsOf(People.Reader(), Made));
    }

    private static PgpKit KitOf(string kind) => kind switch
    {
        "rsa" => PgpKit.Rsa,
        "curve25519" => PgpKit.Curve,
        _ => new PgpKit(PgpKit.EdPair(), PgpKit.NistPair(kind)),
    };

    private static PgpKey Usable(string block)
    {
        var (key, problem) = PgpKey.Read(block);
        Assert.Null(problem);
        return key!;
    }

    private static string? ProblemOf(string block) => PgpKey.Read(block).Problem;

    /// <summary>The packet of a primary key.</summary>
    private static byte[] Head() => PgpKit.Curve.Ring.GetPublicKey().PublicKeyPacket.GetEncoded();

    private static string Mutated(string block, Random random) => Encoding.Latin1.GetString(Mutated(Encoding.ASCII.GetBytes(block), random));

    private static byte[] Mutated(byte[] bytes, Random random)
    {
        var changed = bytes.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(changed.Count - 1);
            switch (random.Next(4))
            {
                case 0:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 2:
                    changed.RemoveRange(at, random.Next(1, Math.Min(20, changed.Count - at)));
                    break;
                default:
                    changed.InsertRange(at, changed.GetRange(at, random.Next(1, Math.Min(20, changed.Count - at))));
                    break;
            }
        }

        return [.. changed];
    }
}
