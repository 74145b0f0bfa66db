using System.ComponentModel.DataAnnotations;
using Monitoring.Alerts;
using Monitoring.App.Hosting.Functions;
using Monitoring.App.Mailing;
using Monitoring.App.Web.Access;
using Monitoring.Availability;
using Monitoring.Availability.Ooni;
using Monitoring.Blocking;
using Monitoring.Feeds;
using Monitoring.Fetching;
using Monitoring.Items;
using Monitoring.Network;
using Monitoring.Retention;
using Monitoring.Work;

namespace Monitoring.App.Hosting;

/// <summary>
/// All settings, bound and checked: one object per section. Precedence: defaults, settings file, environment, command line. A wrong or unknown
/// setting stops the start, with all mistakes in one list.
/// </summary>
internal sealed class Settings
{
    private readonly Dictionary<Type, object> _options = [];

    private Settings(IConfiguration configuration)
    {
        Configuration = configuration;
    }

    /// <summary>Section names and the types they bind to; the sample file and the check of unknown names follow this list.</summary>
    public static IReadOnlyList<(string Section, Type Type)> Sections { get; } =
    [
        ("Storage", typeof(StorageOptions)),
        ("Web", typeof(WebOptions)),
        ("Network", typeof(NetworkOptions)),
        ("Fetching", typeof(FetchingOptions)),
        ("Feeds", typeof(FeedsOptions)),
        ("Items", typeof(ItemsOptions)),
        ("Articles", typeof(ArticlesOptions)),
        ("Probes", typeof(ProbeOptions)),
        ("Availability", typeof(AvailabilityOptions)),
        ("Ooni", typeof(OoniOptions)),
        ("Alerts", typeof(AlertsOptions)),
        ("Mail", typeof(MailOptions)),
        ("Health", typeof(HealthOptions)),
        ("Telemetry", typeof(Exporting.TelemetryOptions)),
        ("Retention", typeof(RetentionOptions)),
        ("Knocks", typeof(KnockOptions)),
        ("Work", typeof(WorkOptions)),
        ("Functions", typeof(FunctionsOptions)),
        ("EasyAuth", typeof(EasyAuthOptions)),
    ];

    /// <summary>The section of the vantages' secrets, by vantage name.</summary>
    public const string VantagesSection = "Vantages";

    public IConfiguration Configuration { get; }

    public IReadOnlyDictionary<string, VantageOptions> Vantages { get; private set; } = new Dictionary<string, VantageOptions>();

    public IEnumerable<object> All => _options.Values;

    /// <param name="file">Null: <c>local.settings.json</c> in the working directory, if there is one.</param>
    /// <param name="overrides">From the command line, as <c>Section__Name</c> or <c>Section:Name</c>.</param>
    /// <exception cref="StartException">The file cannot be read, or settings are wrong.</exception>
    public static Settings Load(string? file, IEnumerable<KeyValuePair<string, string?>> overrides)
    {
        var fromFile = SettingsFile.Read(file);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(fromFile.Select(pair => KeyValuePair.Create(Colons(pair.Key), (string?)pair.Value)))
            .AddEnvironmentVariables()
            .AddInMemoryCollection(LastOfEach(overrides))
            .Build();
        HostAccount.Adopt(configuration);
        var settings = new Settings(configuration);
        var mistakes = SettingNames.Unknown(fromFile.Keys, configuration).ToList();
        foreach (var (section, type) in Sections)
        {
            settings.Bind(section, type, mistakes);
        }

        settings.BindVantages(mistakes);
        settings.Compare(mistakes);
        return mistakes.Count == 0 ? settings : throw new StartException(ExitCode.BadSettings, mistakes);
    }

    public T Get<T>() => (T)_options[typeof(T)];

    private void Bind(string section, Type type, List<string> mistakes)
    {
        var options = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            try
            {
                // One by one, so that one bad value does not hide the others.
                if (Configuration[$"{section}:{property.Name}"] is { Length: > 0 } && Configuration.GetSection(section).GetValue(property.PropertyType, property.Name) is { } value)
                {
                    property.SetValue(options, value);
                }
            }
            catch (InvalidOperationException)
            {
                mistakes.Add($"{section}__{property.Name}: '{Configuration[$"{section}:{property.Name}"]}' is no {Word(property.PropertyType)}.");
            }
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        mistakes.AddRange(results.Select(result => $"{section}__{result.MemberNames.FirstOrDefault()}: {result.ErrorMessage}"));
        _options[type] = options;
    }

    /// <summary>Settings that are good alone and not together.</summary>
    private void Compare(List<string> mistakes)
    {
        if (Get<MailOptions>() is { Transport: not MailTransportKind.Pickup } mail && mail.Timeout >= Get<AlertsOptions>().SendingAtMost)
        {
            mistakes.Add("Mail__Timeout: Less than Alerts__SendingAtMost is expected: a mail that is still being sent would be taken for one that a dead process left.");
        }
    }

    private void BindVantages(List<string> mistakes)
    {
        var vantages = new Dictionary<string, VantageOptions>(StringComparer.OrdinalIgnoreCase);
        foreach (var vantage in Configuration.GetSection(VantagesSection).GetChildren())
        {
            if (Uri.TryCreate(vantage["Proxy"], UriKind.Absolute, out var proxy) && ProxyAddress.IsProxy(proxy))
            {
                vantages[vantage.Key] = new VantageOptions { Proxy = proxy };
            }
            else
            {
                mistakes.Add($"{VantagesSection}__{vantage.Key}__Proxy: an address http://user:password@host:port is expected, or with socks5 or socks5h instead of http.");
            }
        }

        Vantages = vantages;
    }

    /// <summary>A setting given twice on a command line has its last value.</summary>
    private static Dictionary<string, string?> LastOfEach(IEnumerable<KeyValuePair<string, string?>> pairs)
    {
        var last = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in pairs)
        {
            last[Colons(name)] = value;
        }

        return last;
    }

    private static string Colons(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    private static string Word(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var span when span == typeof(TimeSpan) => "time span such as \"00:15:00\"",
        var number when number == typeof(int) => "whole number",
        var address when address == typeof(Uri) => "address",
        var flag when flag == typeof(bool) => "true or false",
        _ => "value of the kind expected here",
    };
}
