using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Storage;

namespace Monitoring.Digests;

/// <summary>A digest as it was composed, and which records it says.</summary>
/// <param name="Keys">The alert keys of the records.</param>
public sealed record DigestPlan(string Subject, DateTimeOffset ComposedAt, MailContent Content, IReadOnlyList<string> Keys);

/// <summary>What is known of a recipient's digests.</summary>
/// <param name="Since">When we first knew the recipient.</param>
public sealed record DigestState(DateTimeOffset Since, string? LastDay, string? LastHour, string? LastWeek)
{
    /// <summary>The name of the last occasion that had a digest, or had nothing to say.</summary>
    public string? Last(DigestLane lane) => lane switch
    {
        DigestLane.Hourly => LastHour,
        DigestLane.Weekly => LastWeek,
        _ => LastDay,
    };
}

/// <summary>
/// What was composed for whom. Plans: blobs <c>digests/&lt;recipient&gt;/&lt;day&gt;….json</c>, written once: a repeated job sends what the first one composed, and
/// marks as said exactly what that says. Table <c>DigestStates</c>: row = recipient, since when we know it and its last digest of each kind.
/// </summary>
public sealed class DigestStore(ITables tables, IBlobStore blobs)
{
    private const string Partition = "recipient";
    private const string DayFormat = "yyyy-MM-dd";

    private readonly IEntityTable _states = tables.Open("DigestStates");

    /// <summary>The first question makes the row.</summary>
    public async Task<DigestState> GetStateAsync(string recipientId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await _states.GetAsync(new EntityKey(Partition, recipientId), columns: null, cancellationToken);
        if (row is null)
        {
            await _states.AddAsync(new Entity(Partition, recipientId).Set("Since", now), cancellationToken);
            return new DigestState(now, LastDay: null, LastHour: null, LastWeek: null);
        }

        return new DigestState(row.NeedTime("Since"), row.GetText(Column(DigestLane.Daily)), row.GetText(Column(DigestLane.Hourly)), row.GetText(Column(DigestLane.Weekly)));
    }

    public async Task SetLastAsync(string recipientId, DigestLane lane, string occasion, CancellationToken cancellationToken)
    {
        while (await _states.GetAsync(new EntityKey(Partition, recipientId), columns: null, cancellationToken) is { } row
            && await _states.ReplaceAsync(row.Set(Column(lane), occasion), cancellationToken) is SaveResult.ChangedMeanwhile)
        {
            // The digest of another kind was noted at the same moment.
        }
    }

    /// <summary>Stores the plan, unless one is stored already; the stored one.</summary>
    /// <param name="name">Begins with the day.</param>
    public async Task<DigestPlan> PlanAsync(string recipientId, string name, DigestPlan plan, CancellationToken cancellationToken)
    {
        var blob = PlanName(recipientId, name);
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(plan));
        if (await blobs.PutAsync(blob, json, BlobCondition.CreateOnly, cancellationToken) is PutBlobResult.Stored)
        {
            return plan;
        }

        await using var stored = await blobs.OpenAsync(blob, cancellationToken) ?? throw new InvalidOperationException("A digest's plan vanished.");
        return await JsonSerializer.DeserializeAsync<DigestPlan>(stored, cancellationToken: cancellationToken) ?? plan;
    }

    /// <summary>The plans of a recipient's digests of days before <paramref name="before"/>, oldest first.</summary>
    public async IAsyncEnumerable<BlobProperties> ListPlansAsync(string recipientId, DateOnly before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = PlanName(recipientId, Text(before));
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

    private static string Column(DigestLane lane) => lane switch
    {
        DigestLane.Hourly => "LastHour",
        DigestLane.Weekly => "LastWeek",
        _ => "LastDay",
    };

    /// <summary>Blobs have lower-case names.</summary>
    private static string PlanName(string recipientId, string name) => $"digests/{recipientId}/{name.ToLowerInvariant()}.json";
}
