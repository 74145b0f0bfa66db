using Monitoring.Alerts;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Alerts;

/// <summary>A program that dies before any of the writes by which an alert is told, updated, corrected and said in a digest, and begins anew.</summary>
public sealed class TellingCrashTests
{
    private static readonly Recipient Reader = People.Reader();

    [Fact]
    public async Task A_crash_before_any_write_leaves_nobody_untold_and_tells_nothing_under_two_ids()
    {
        var undisturbed = await LiveAsync(dieBefore: null);
        Assert.InRange(undisturbed.Writes, 20, 80);

        for (var write = 1; write <= undisturbed.Writes; write++)
        {
            var disturbed = await LiveAsync(write);
            Assert.True(undisturbed.Told == disturbed.Told, $"Before write {write} of {undisturbed.Writes}:\n{disturbed.Told}\nundisturbed:\n{undisturbed.Told}");
        }
    }

    /// <returns>Each mail that arrived, as often as under different ids, and how many writes it took.</returns>
    private static async Task<(string Told, int Writes)> LiveAsync(int? dieBefore)
    {
        await using var kit = await MailKit.CreateAsync(Reader);
        var writes = 0;
        kit.Before = call => call.IsWrite && ++writes == dieBefore ? throw new SimulatedCrashException() : Task.CompletedTask;
        var first = People.Item() with { Matter = "story.1", Facts = ["who:person-1"] };
        await StepAsync(() => kit.Router.TellAsync(first, [Reader], CancellationToken.None));
        await StepAsync(kit.SendAllAsync);
        await StepAsync(() => kit.Router.TellAsync(first with { Facts = ["who:person-1", "act:search"] }, [Reader], CancellationToken.None));
        await StepAsync(kit.SendAllAsync);
        await StepAsync(() => kit.Router.TellAsync(first with { Facts = ["who:person-1", "act:search"], Review = AlertReview.Dismissed }, [Reader], CancellationToken.None));
        await StepAsync(kit.SendAllAsync);
        kit.Clock.Advance(TimeSpan.FromHours(1));
        await StepAsync(() => kit.DigestJob.RunAsync(Reader.Id, CancellationToken.None));
        await StepAsync(kit.SendAllAsync);
        return (string.Join('\n', kit.Taken.Select(mail => (mail.Id, mail.Subject)).Distinct().Order()), writes);

        async Task StepAsync(Func<Task> step)
        {
            try
            {
                await step();
            }
            catch (SimulatedCrashException)
            {
                // What a dead sender left is taken up when its time is over.
                kit.Clock.Advance(kit.Options.SendingAtMost);
                await step();
            }
        }
    }
}
