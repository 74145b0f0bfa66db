using System.Globalization;
using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Blocking.Fingerprints;
using Monitoring.Blocking.Probing;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Blocking.Simulation;

/// <summary>Plays a scenario: the product's own walk, judgement and hysteresis over a simulated network and clock.</summary>
internal sealed class ScenarioRun : IVantageLines
{
    private const string CanaryHost = "canary.example";
    private static readonly Uri Canary = new("https://canary.example/");
    private static readonly SimHost CanaryServer = new(["104.16.132.229"], new SimPage(Title: "Canary"));

    private readonly TestClock _clock = new();
    private readonly SiteMeasuring _measuring;
    private readonly AvailabilityOptions _options = new();
    private readonly EpisodeThresholds _thresholds;
    private readonly Dictionary<string, Conditions> _conditions;
    private readonly Dictionary<string, SimHost> _hosts;
    private readonly Dictionary<string, (IReadOnlyList<Outcome> Window, string? Open)> _states = [];

    private readonly Scenario _scenario;

    public ScenarioRun(Scenario scenario)
    {
        _scenario = scenario;
        _conditions = new(scenario.Vantages, StringComparer.Ordinal);
        _hosts = new(scenario.Hosts.Append(new(CanaryHost, CanaryServer)).ToDictionary(), StringComparer.Ordinal);
        _thresholds = new EpisodeThresholds(_options.OpenAfter, _options.CloseAfter);
        _measuring = new SiteMeasuring(this, new FreshCanaries(this), new NoMemory(), new FixedFingerprints(FingerprintSet.Compile(scenario.Fingerprints ?? [])));
    }

    public Task<Probed> MeasureAsync(string siteId, Uri url, Vantage vantage, Against? against, CancellationToken cancellationToken) =>
        MeasureAsync(new Target(siteId, url, vantage.Id, vantage.Network, vantage.Country), against, cancellationToken);

    /// <summary>All steps; for each what came of it, in the words of the scenario.</summary>
    public IReadOnlyList<(Step Step, IReadOnlyDictionary<string, string> Verdicts, IReadOnlyList<string> Episodes)> Play()
    {
        var played = new List<(Step, IReadOnlyDictionary<string, string>, IReadOnlyList<string>)>();
        foreach (var step in _scenario.Steps)
        {
            Apply(step);
            var verdicts = new Dictionary<string, string>();
            var episodes = new List<string>();
            for (var check = 0; check < step.Checks; check++)
            {
                verdicts = Check(episodes);
                _clock.Advance(_options.Interval);
            }

            played.Add((step, verdicts, episodes));
        }

        return played;
    }

    private void Apply(Step step)
    {
        foreach (var (vantage, conditions) in step.Vantages ?? new Dictionary<string, Conditions>())
        {
            _conditions[vantage] = conditions;
        }

        foreach (var (name, host) in step.Hosts ?? new Dictionary<string, SimHost>())
        {
            _hosts[name] = host;
        }
    }

    private Dictionary<string, string> Check(List<string> episodes)
    {
        var vantages = _conditions.Select(vantage => new Vantage
        {
            Id = vantage.Key,
            Name = vantage.Key,
            Via = vantage.Key == Scenario.Direct ? VantageKind.Direct : VantageKind.Proxy,
            Network = vantage.Value.Network,
            Country = vantage.Value.Country,
            Canary = vantage.Key == Scenario.Direct ? null : Canary,
        });
        var checks = _clock.Run(() => _measuring.CheckAsync("site", _scenario.Url, [.. vantages], CancellationToken.None));
        foreach (var check in checks)
        {
            episodes.AddRange(Step(check.Vantage.Id, check.Verdict, check.Probed.Measurement.Started));
        }

        return checks.ToDictionary(check => check.Vantage.Id, check => Told(check.Verdict));
    }

    private Task<Probed> MeasureAsync(Target target, Against? against, CancellationToken cancellationToken)
    {
        var network = new SimulatedNetwork(_hosts, _conditions[target.VantageId]);
        var plan = new CheckPlan(new SimulatedTls(_clock), new SimulatedHttp(_clock), new ProbeOptions(), _clock);
        return plan.MeasureAsync(target with { Line = network.Conditions.Line }, new SimulatedLine(network, _clock), against, cancellationToken);
    }

    private IEnumerable<string> Step(string vantage, Verdict verdict, DateTimeOffset at)
    {
        var (window, open) = _states.GetValueOrDefault(vantage, ([], null));
        var (next, change) = EpisodeRules.Step(window, open, verdict, vantage == Scenario.Direct ? VantageKind.Direct : VantageKind.Proxy, at, _thresholds);
        _states[vantage] = (next, change switch { null => open, EpisodeChange.Closed => null, _ => verdict.Family });
        return change switch
        {
            EpisodeChange.Opened opened => [Words($"{vantage} opened {verdict.Family} {opened.Grade} {opened.Checks}")],
            EpisodeChange.Changed changed => [Words($"{vantage} changed {verdict.Family} {changed.Grade} {changed.Checks}")],
            EpisodeChange.Closed => [Words($"{vantage} closed")],
            _ => [],
        };
    }

    private static string Told(Verdict verdict) => Words($"{verdict.Class} {verdict.Grade} {verdict.Rule}{string.Concat(verdict.Notes.Select(note => " +" + note))}");

    private static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture).ToLowerInvariant();
}
