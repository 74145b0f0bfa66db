using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Monitoring.Network.Dns;

namespace Monitoring.Benchmarks;

/// <summary>Reads an answer with a canonical name and four addresses, beside the parsing alone of the same answer in JSON (as public resolvers serve it) and beside a copy of its bytes.</summary>
internal static class DnsSpeed
{
    private const int Messages = 200_000;
    private const int Rounds = 7;

    private static readonly byte[] Message = new DnsMessage(1, IsResponse: true, ResponseCode: 0, "www.site.kz", DnsType.A, [.. Enumerable.Range(1, 4).Select(i => IPAddress.Parse($"93.184.216.{i}"))])
    {
        CanonicalNames = ["site.cdn.test"],
    }.Write();

    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""{"Status":0,"TC":false,"RD":true,"RA":true,"AD":false,"CD":false,"Question":[{"name":"www.site.kz","type":1}],"Answer":[{"name":"www.site.kz","type":5,"TTL":60,"data":"site.cdn.test"},"""
        + string.Join(',', Enumerable.Range(1, 4).Select(i => $$"""{"name":"site.cdn.test","type":1,"TTL":60,"data":"93.184.216.{{i}}"}""")) + "]}");

    public static int Run()
    {
        Measure($"DnsMessage.Read, {Message.Length} bytes", () => DnsMessage.Read(Message)!.Addresses.Count);
        Measure($"JsonDocument.Parse, {Json.Length} bytes", () =>
        {
            using var document = JsonDocument.Parse(Json);
            return document.RootElement.GetProperty("Answer").GetArrayLength();
        });
        Measure($"copy, {Message.Length} bytes", () => Message.ToArray().Length);
        return 0;
    }

    private static void Measure(string name, Func<int> read)
    {
        List<double> rates = [];
        long bytes = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            long seen = 0;
            for (var i = 0; i < Messages; i++)
            {
                seen += read();
            }

            rates.Add(Messages / Stopwatch.GetElapsedTime(started).TotalSeconds);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Messages;
            Debug.Assert(seen > 0);
        }

        // The first round does not count; the median of the others.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40} | {rates.Skip(1).Order().ElementAt(Rounds / 2),12:N0} messages/s | {bytes,6} B each"));
    }
}
