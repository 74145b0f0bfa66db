using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Monitoring.Alerts.Delivery;
using Monitoring.Storage;

namespace Monitoring.Digests;

/// <summary>A digest as it was composed, and which records it says.</summary>
/// <param name="Keys">The alert keys of the records.</param>
public sealed record DigestPlan(string Subject, DateTimeOffset ComposedAt, MailContent Content, IReadOnlyList<string> Keys);

/// <summary>
/// What was composed for whom. Plans: blobs <c>digests/&lt;recipient&gt;/&lt;day&gt;.json</c>, written once: a repeated job sends what the first one composed, and
/// removes from the queue exactly what that says. Table <c>DigestStates</c>: row = recipient, since when we know it and the day of its last digest.
/// </summary>
public sealed class DigestStore(ITables tables, IBlobStore blobs)
{
    private const string Partition = "recipient";
    private const string DayFormat = "yyyy-MM-dd";

    private readonly IEntityTable _states = tables.Open("DigestStates");

    /// <summary>Since when we know the recipient, and the day of the last digest. The first question makes the row.</summary>
    public async Task<(DateTimeOffset Since, DateOnly? Last)> GetStateAsync(string recipientId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await _states.GetAsync(new EntityKey(Partition, recipientId), columns: null, cancellationToken);
        if (row is null)
        {
            await _states.AddAsync(new Entity(Partition, recipientId).Set("Since", now), cancellationToken);
            return (now, null);
        }

        return (row.NeedTime("Since"), row.GetText("LastDay") is { } day ? DateOnly.ParseExact(day, DayFormat, CultureInfo.InvariantCulture) : null);
    }

    public async Task SetLastAsync(string recipientId, DateOnly day, CancellationToken cancellationToken)
    {
        var row = await _states.GetAsync(new EntityKey(Partition, recipientId), columns: null, cancellationToken) ?? new Entity(Partition, recipientId);
        await _states.PutAsync(row.Set("LastDay", Text(day)), cancellationToken);
    }

    /// <summary>Stores the plan, unless one is stored already; the stored one.</summary>
    public async Task<DigestPlan> PlanAsync(string recipientId, DateOnly day, DigestPlan plan, CancellationToken cancellationToken)
    {
        var name = PlanName(recipientId, day);
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(plan));
        if (await blobs.PutAsync(name, json, BlobCondition.CreateOnly, cancellationToken) is PutBlobResult.Stored)
        {
            return plan;
        }

        await using var stored = await blobs.OpenAsync(name, cancellationToken) ?? throw new InvalidOperationException("A digest's plan vanished.");
        return await JsonSerializer.DeserializeAsync<DigestPlan>(stored, cancellationToken: cancellationToken) ?? plan;
    }

    /// <summary>The plans of a recipient's digests of days before <paramref name="before"/>, oldest first.</summary>
    public async IAsyncEnumerable<BlobProperties> ListPlansAsync(string recipientId, DateOnly before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = PlanName(recipientId, before);
        await foreach (var plan in blobs.ListAsync($"digests/{recipientId}/", cancellationToken))
        {
            if (string.CompareOrdinal(plan.Name, end) >= 0)
            {
                yield break;
            }

            yield return plan;
        }
    }

    /// <summary>After its mail was sent and its day noted: nothing asks for it again.</summary>
    public Task<bool> RemovePlanAsync(BlobProperties plan, CancellationToken cancellationToken) => blobs.DeleteAsync(plan.Name, cancellationToken);

    public static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static string PlanName(string recipientId, DateOnly day) => $"digests/{recipientId}/{Text(day)}.json";
}
