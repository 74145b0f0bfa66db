using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitoring.Blocking;
using Monitoring.Storage;

namespace Monitoring.Availability;

/// <param name="Name">To read it by.</param>
/// <param name="Length">Bytes as stored.</param>
public sealed record KeptMeasurement(string Name, string VantageId, DateTimeOffset Started, long Length);

/// <summary>Measurements kept in full: blobs <c>measurements/&lt;site&gt;/&lt;vantage&gt;/&lt;time&gt;.json.gz</c>. And the canaries' last ones, which stand for a vantage for a while: table <c>Canaries</c>.</summary>
public sealed class MeasurementStore(ITables tables, IBlobStore blobs)
{
    /// <summary>What is written is described by <c>measurement.schema.json</c>, beside <see cref="Measurement"/>; earlier programs wrote kinds as numbers.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string Ending = ".json.gz";

    private readonly IEntityTable _canaries = tables.Open("Canaries");

    /// <returns>The name to read it by.</returns>
    public async Task<string> AddAsync(Measurement measurement, CancellationToken cancellationToken)
    {
        var name = $"measurements/{measurement.SiteId}/{measurement.VantageId}/{Keys.Time(measurement.Started).ToLowerInvariant()}{Ending}";
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await JsonSerializer.SerializeAsync(gzip, measurement, Json, cancellationToken);
        }

        packed.Position = 0;
        await blobs.PutAsync(name, packed, BlobCondition.CreateOnly, cancellationToken);
        return name;
    }

    public async Task<Measurement?> GetAsync(string name, CancellationToken cancellationToken)
    {
        await using var document = await OpenAsync(name, cancellationToken);
        return document is null ? null : await JsonSerializer.DeserializeAsync<Measurement>(document, Json, cancellationToken);
    }

    /// <summary>The JSON document byte for byte as it was stored, unpacked; owned by the caller; null if it is not kept.</summary>
    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        await blobs.OpenAsync(name, cancellationToken) is { } stored ? new GZipStream(stored, CompressionMode.Decompress) : null;

    /// <summary>SHA-256 of the document as <see cref="OpenAsync"/> gives it, lower-case hexadecimal; null if it is not kept.</summary>
    public async Task<string?> HashAsync(string name, CancellationToken cancellationToken)
    {
        await using var document = await OpenAsync(name, cancellationToken);
        return document is null ? null : Convert.ToHexStringLower(await SHA256.HashDataAsync(document, cancellationToken));
    }

    /// <summary>The kept measurements of a site, by vantage, oldest first.</summary>
    public async IAsyncEnumerable<KeptMeasurement> ListAsync(string siteId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in blobs.ListAsync($"measurements/{siteId}/", cancellationToken))
        {
            if (blob.Name.Split('/') is [_, _, var vantageId, var file] && file.EndsWith(Ending, StringComparison.Ordinal))
            {
                yield return new KeptMeasurement(blob.Name, vantageId, TimeOf(blob.Name), blob.Length);
            }
        }
    }

    /// <summary>When the measurement of this name began.</summary>
    public static DateTimeOffset TimeOf(string name) => Keys.ParseTime(name[(name.LastIndexOf('/') + 1)..^Ending.Length].ToUpperInvariant());

    public Task<bool> RemoveAsync(KeptMeasurement measurement, CancellationToken cancellationToken) => blobs.DeleteAsync(measurement.Name, cancellationToken);

    /// <summary>The vantage's canary, if it was measured at or after <paramref name="notBefore"/>.</summary>
    public async Task<Measurement?> GetCanaryAsync(string vantageId, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        var row = await _canaries.GetAsync(new EntityKey("canary", vantageId), columns: null, cancellationToken);
        return row?.GetTime("At") >= notBefore ? JsonSerializer.Deserialize<Measurement>(row.NeedText("Measurement"), Json) : null;
    }

    /// <summary>Keeps it for the next sites; one too long for a row (a page with very long headers) is measured for each of them.</summary>
    public Task PutCanaryAsync(Measurement canary, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(canary, Json);
        return text.Length <= StorageLimits.TextCharacters
            ? _canaries.PutAsync(new Entity("canary", canary.VantageId).Set("At", canary.Started).Set("Measurement", text), cancellationToken)
            : Task.CompletedTask;
    }
}
