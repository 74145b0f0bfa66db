using System.CommandLine;
using System.CommandLine.Help;
using Monitoring.App.Hosting;

namespace Monitoring.App.Commands;

/// <summary>The commands and what they share. Without a command the program runs as a service.</summary>
internal static class Cli
{
    public static RootCommand Build(CommandContext context)
    {
        var root = new RootCommand($"""
            Watches the press where the press is under attack: reads news feeds, finds the people and outlets of a watch list, tests sites for blocking, and mails what it found.

            Examples:
              Monitoring.App demo                               a small world on this machine, with everything in it
              Monitoring.App watchlist import kazakhstan.yaml   what is to be watched
              Monitoring.App run                                the service, with pages on http://127.0.0.1:7071
              Monitoring.App check https://example.org          one site, with the reasoning

            {ExitCode.Help}
            """);
        root.Add(CommonOptions.SettingsFile);
        root.Add(CommonOptions.Data);
        root.Add(CommonOptions.Set);
        var run = RunCommand.Create(context);
        root.Add(run);
        root.Add(OnceCommand.Create(context));
        root.Add(DemoCommand.Create(context));
        root.Add(WatchlistCommand.Create(context));
        root.Add(CheckCommand.Create(context));
        root.Add(FingerprintsCommand.Create(context));
        root.Add(ReadFeedCommand.Create(context));
        root.Add(ReadArticleCommand.Create(context));
        root.Add(MatchCommand.Create(context));
        root.Add(SearchCommand.Create(context));
        root.Add(RetentionCommand.Create(context));
        root.Add(RematchCommand.Create(context));
        root.Add(ForgetCommand.Create(context));
        root.Add(AccessTokenCommand.Create(context));
        root.Add(StorageCommand.Create(context));
        root.Add(BackupCommand.Create(context));
        root.Add(RestoreCommand.Create(context));
        root.Add(CostCommand.Create(context));
        root.Action = run.Action;
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
