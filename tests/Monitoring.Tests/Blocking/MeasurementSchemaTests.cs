using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking;

/// <summary>The schema of measurements stands beside the code, for others who read the documents; whoever changes one changes both, and the version.</summary>
public sealed class MeasurementSchemaTests
{
    private static readonly string Schema = Repository.Path("src", "Monitoring", "Blocking", "measurement.schema.json");

    [Fact]
    public async Task The_schema_beside_the_code_is_that_of_the_documents()
    {
        var options = new JsonSerializerOptions(MeasurementStore.Json) { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), WriteIndented = true };
        var schema = options.GetJsonSchemaAsNode(typeof(Measurement), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", FormattableString.Invariant($"Measurement, version {Measurement.CurrentVersion}"));

        var text = schema.ToJsonString(options) + "\n";
        if (Environment.GetEnvironmentVariable("MONITORING_SCHEMA") == "write")
        {
            await File.WriteAllTextAsync(Schema, text);
        }

        Assert.Equal(await File.ReadAllTextAsync(Schema), text);
    }

    [Fact]
    public void Documents_of_earlier_programs_are_read()
    {
        var now = JsonSerializer.SerializeToNode(Some.Measurement().TlsFails(Monitoring.Network.Failure.Timeout), MeasurementStore.Json)!.AsObject();

        // Kinds were numbers.
        now["Line"] = (int)LineKind.SocksRemoteDns;
        now["Attempts"] = new JsonArray(new JsonObject { ["At"] = "2026-11-22T03:00:00+00:00", ["Failed"] = (int)Layer.Tls, ["Failure"] = "generic_timeout_error", ["Bytes"] = 0 });
        var read = now.Deserialize<Measurement>(MeasurementStore.Json)!;

        Assert.Equal((LineKind.SocksRemoteDns, Layer.Tls), (read.Line, Assert.Single(read.Attempts).Failed));
    }
}
