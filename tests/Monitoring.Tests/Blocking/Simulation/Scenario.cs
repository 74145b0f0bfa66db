using System.Text.Json;
using System.Text.Json.Serialization;
using Monitoring.Blocking;
using Monitoring.Blocking.Fingerprints;

namespace Monitoring.Tests.Blocking.Simulation;

/// <summary>
/// Network conditions as data: what hosts there are, what each vantage meets instead, check after check, and what is to come of it. One JSON file a scenario;
/// unknown members are refused, so that a misspelt condition cannot pass for none.
/// </summary>
/// <param name="Number">Of the facts' further scenarios; 0 for others.</param>
/// <param name="Source">Whom or what it follows.</param>
/// <param name="Fingerprints">The known marks of blocking; none if not said.</param>
public sealed record Scenario(
    string Name, string Source, Uri Url, IReadOnlyDictionary<string, SimHost> Hosts, IReadOnlyDictionary<string, Conditions> Vantages, IReadOnlyList<Step> Steps, int Number = 0,
    IReadOnlyList<Fingerprint>? Fingerprints = null)
{
    public const string Direct = "direct";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(), new AnswerConverter() },
    };

    public static Scenario Read(string text) => JsonSerializer.Deserialize<Scenario>(text, Json) ?? throw new JsonException("A scenario is an object.");

    public override string ToString() => Name;
}

/// <summary>A server, as everybody meets it whom nobody hinders.</summary>
/// <param name="Certificate">What is wrong with its certificate, an OONI failure string; null for a good one.</param>
/// <param name="AnyName">It answers to every name: a block page's server, a transparent proxy.</param>
public sealed record SimHost(
    IReadOnlyList<string> Addresses, SimPage? Page = null, string? Certificate = null, string Issuer = "CN=Authority", bool AnyName = false, int? RsaExponent = null, int? Extensions = null);

/// <param name="Failure">Instead of an answer, or in the middle of it if there is a status.</param>
/// <param name="FirstByte">Milliseconds.</param>
/// <param name="Body">What marks are looked for in; of another length than the page, which is told by <paramref name="Length"/>.</param>
public sealed record SimPage(
    int? Status = 200, string? Title = "Новости города и области", int Length = 20_000, IReadOnlyDictionary<string, string>? Headers = null, string? Structure = null,
    string? Failure = null, double FirstByte = 100, string? Location = null, string Body = "");

/// <summary>What a vantage meets that others do not. Keys: of names the host; of connections the address, or <c>*</c>; of handshakes the server name, of requests the host, each alone, or <c>name@address</c>, or <c>*@address</c>.</summary>
public sealed record Conditions
{
    public LineKind Line { get; init; }

    public string? Network { get; init; }

    public string? Country { get; init; }

    /// <summary>The proxy's answer to every CONNECT; null for a working one.</summary>
    public int? Proxy { get; init; }

    /// <summary>What the SOCKS or HTTP proxy says of one host, as a failure.</summary>
    public IReadOnlyDictionary<string, string> Refuses { get; init; } = new Dictionary<string, string>();

    /// <summary>How wrong its clock is.</summary>
    public double ClockHours { get; init; }

    public IReadOnlyDictionary<string, Answer> Dns { get; init; } = new Dictionary<string, Answer>();

    /// <summary>What public resolvers answer when asked from there; like everywhere if not said.</summary>
    public IReadOnlyDictionary<string, Answer> PublicDns { get; init; } = new Dictionary<string, Answer>();

    public IReadOnlyDictionary<string, string> Tcp { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, SimTls> Tls { get; init; } = new Dictionary<string, SimTls>();

    public IReadOnlyDictionary<string, SimPage> Http { get; init; } = new Dictionary<string, SimPage>();
}

/// <param name="Failure">Instead of a handshake.</param>
/// <param name="Certificate">What is wrong with the certificate shown in place of the server's.</param>
public sealed record SimTls(string? Failure = null, string? Certificate = null, string Issuer = "CN=Somebody", double Milliseconds = 20, int? RsaExponent = null, int? Extensions = null);

/// <summary>A resolver's answer: addresses, or a failure.</summary>
public sealed record Answer(IReadOnlyList<string> Addresses, string? Failure);

/// <param name="Checks">How many checks are made under these conditions.</param>
/// <param name="Vantages">Conditions of vantages that change from here on.</param>
/// <param name="Hosts">Hosts that change from here on.</param>
/// <param name="Expect">By vantage the verdict of the last of these checks: class, grade, rule, and notes after a plus.</param>
/// <param name="Episodes">What happened to episodes in these checks, in order: <c>kz opened tls confirmed 2</c>, <c>kz closed</c>.</param>
public sealed record Step(
    IReadOnlyDictionary<string, string> Expect,
    int Checks = 1,
    IReadOnlyDictionary<string, Conditions>? Vantages = null,
    IReadOnlyDictionary<string, SimHost>? Hosts = null,
    IReadOnlyList<string>? Episodes = null);

/// <summary>An answer is written as a failure string, or as a list of addresses.</summary>
internal sealed class AnswerConverter : JsonConverter<Answer>
{
    public override Answer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType is JsonTokenType.String
        ? new Answer([], reader.GetString())
        : new Answer(JsonSerializer.Deserialize<string[]>(ref reader, options) ?? [], Failure: null);

    public override void Write(Utf8JsonWriter writer, Answer value, JsonSerializerOptions options) => throw new NotSupportedException();
}
