using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Retention.Forgetting;

/// <param name="Pseudonym">What stands in the person's place.</param>
/// <param name="Salt">Of the hashes; random for each person.</param>
/// <param name="Hashes">Of the id and of every name: they prove that somebody asked for was forgotten, and do not say who was. Who guesses a name can confirm it.</param>
public sealed record ForgottenTrace(string Pseudonym, DateTimeOffset At, byte[] Salt, IReadOnlyList<string> Hashes)
{
    public bool IsOf(Entry entry) => Erasure.NamesOf(entry).Append(entry.Id).Any(text => text.Length > 0 && Hashes.Contains(Hash(Salt, text), StringComparer.Ordinal));

    internal static string Hash(byte[] salt, string text)
    {
        var plain = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        return Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(plain)));
    }
}

/// <summary>Who asked to be forgotten, as salted hashes. Table <c>Forgotten</c>: one partition, row = pseudonym; query served: all.</summary>
/// <param name="newId">Letters and digits of a pseudonym.</param>
public sealed class ForgottenTraces(ITables tables, Func<string> newId, TimeProvider time)
{
    private const string Partition = "forgotten";

    private readonly IEntityTable _forgotten = tables.Open("Forgotten");

    public async Task<IReadOnlyList<ForgottenTrace>> ListAsync(CancellationToken cancellationToken) =>
        await _forgotten.QueryAsync(new RangeQuery(Partition), cancellationToken).Select(Read).ToListAsync(cancellationToken);

    /// <summary>The trace of an entry, written before anything of it is erased; one that a run cut off has left is used again.</summary>
    public async Task<ForgottenTrace> BeginAsync(Entry entry, CancellationToken cancellationToken)
    {
        if ((await ListAsync(cancellationToken)).FirstOrDefault(known => known.Hashes.Contains(ForgottenTrace.Hash(known.Salt, entry.Id), StringComparer.Ordinal)) is { } begun)
        {
            return begun;
        }

        var salt = RandomNumberGenerator.GetBytes(32);
        var hashes = Erasure.NamesOf(entry).Append(entry.Id).Select(text => ForgottenTrace.Hash(salt, text)).Distinct().Order(StringComparer.Ordinal).ToList();
        var trace = new ForgottenTrace("person-" + newId()[..8], time.GetUtcNow(), salt, hashes);
        await _forgotten.AddAsync(
            new Entity(Partition, trace.Pseudonym).Set("At", trace.At).Set("Salt", trace.Salt).Set("Hashes", JsonSerializer.Serialize(trace.Hashes)), cancellationToken);
        return trace;
    }

    private static ForgottenTrace Read(Entity row) => new(
        row.Key.Row,
        row.NeedTime("At"),
        row.GetBytes("Salt") ?? throw new StoredRowException(row.Key, "Salt"),
        JsonSerializer.Deserialize<IReadOnlyList<string>>(row.NeedText("Hashes")) ?? []);
}
