using System.CommandLine;
using System.CommandLine.Invocation;

namespace Monitoring.App.Commands;

/// <summary>The usual help, then examples of the command. The root's stand in its description.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["run"] = ["run", "run --port 8080 --set Web__TimeZone=Asia/Almaty"],
        ["once"] = ["once", "once --data /srv/monitoring --json"],
        ["demo"] = ["demo", "demo --once --port 0"],
        ["watchlist"] = ["watchlist check watchlist.yaml"],
        ["watchlist check"] = ["watchlist check watchlist.yaml", "watchlist check watchlist.yaml --json"],
        ["watchlist import"] = ["watchlist import watchlist.yaml --dry-run", "watchlist import watchlist.yaml"],
        ["watchlist explain"] = ["watchlist explain person-1 --watchlist watchlist.yaml"],
        ["watchlist import-sites"] = ["watchlist import-sites kz.csv --country kz --category NEWS,HUMR --output sites.yaml"],
        ["watchlist export"] = ["watchlist export --output watchlist.yaml"],
        ["check"] = ["check https://example.org", "check https://example.org --watchlist watchlist.yaml --vantage \"Almaty mobile\" --json"],
        ["fingerprints"] = ["fingerprints list"],
        ["fingerprints import"] = ["fingerprints import fingerprints_http.csv fingerprints_dns.csv", "fingerprints import seen.csv --source partner --json"],
        ["fingerprints list"] = ["fingerprints list", "fingerprints list --json"],
        ["read-article"] = ["read-article https://example.org/news/1", "read-article saved.html --json"],
        ["read-feed"] = ["read-feed https://example.org/rss.xml", "read-feed saved.xml --json"],
        ["match"] = ["match --watchlist watchlist.yaml article.txt"],
        ["search"] = ["search \"~обыск NEAR/10 редакц* -спорт\"", "search \"title:~арест person:person-1\" --since 2026-11-01 --json"],
        ["backup"] = ["backup /media/stick/2026-11-22.backup", "backup /srv/backups/today.backup --passphrase-file /etc/monitoring/passphrase --json"],
        ["restore"] = ["restore /media/stick/2026-11-22.backup --data /srv/monitoring"],
        ["storage"] = ["storage copy --from Sqlite --to Sqlite:/srv/second"],
        ["storage copy"] = ["storage copy --from Sqlite --to Azure", "storage copy --from Azure --to Sqlite:/srv/monitoring --json"],
        ["storage verify"] = ["storage verify --from Sqlite --to Sqlite:/srv/second"],
        ["rematch"] = ["rematch --dry-run", "rematch --since 2026-11-01"],
        ["retention"] = ["retention --dry-run", "retention --set Retention__UnflaggedItems=90.00:00:00 --json"],
        ["forget"] = ["forget \"Miras Kyranbekov\"", "forget person-miras --texts --captures --confirm"],
        ["cost"] = ["cost", "cost --feeds 20 --sites 50 --vantages 2 --memory 512", "cost --set Availability__Interval=00:15:00 --json"],
        ["access-token"] = ["access-token --data /srv/monitoring"],
    };

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (Examples.GetValueOrDefault(PathOf(parseResult.CommandResult.Command)) is { } examples)
        {
            output.WriteLine("Examples:");
            Array.ForEach(examples, example => output.WriteLine($"  Monitoring.App {example}"));
            output.WriteLine();
        }

        return code;
    }

    /// <summary>The command's words after the program's name.</summary>
    public static string PathOf(Command command) => command is RootCommand ? "" : $"{command.Parents.OfType<Command>().Select(PathOf).FirstOrDefault()} {command.Name}".TrimStart();
}
