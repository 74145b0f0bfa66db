using Monitoring.EndToEnd.FunctionsHost;
using Monitoring.EndToEnd.Support;

namespace Monitoring.EndToEnd;

/// <summary>The stand-in refuses what the Functions host would refuse: otherwise the tests under it would say less than they seem to.</summary>
public sealed class HostFilesTests : IDisposable
{
    private static readonly Dictionary<string, string> Settings = new() { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true", ["Rhythm"] = "*/5 * * * * *", ["Wrong"] = "every minute", ["Empty"] = "" };

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("""{"type":"timerTrigger","name":"timer","schedule":"%Rhythm%"}""", "")]
    [InlineData("""{"type":"timerTrigger","name":"timer","schedule":"%Absent%"}""", "Poll: the setting Absent is missing.")]
    [InlineData("""{"type":"timerTrigger","name":"timer","schedule":"%Empty%"}""", "Poll: the setting Empty is missing.")]
    [InlineData("""{"type":"timerTrigger","name":"timer","schedule":"%Wrong%"}""", "Poll: 'every minute' is no schedule.")]
    [InlineData("""{"type":"timerTrigger","name":"timer","schedule":"* * * * *"}""", "Poll: '* * * * *' is no schedule.")]
    [InlineData("""{"type":"queueTrigger","name":"msg","queueName":"work-a","connection":"Elsewhere"}""", "Poll: the setting Elsewhere is missing.")]
    [InlineData("""{"type":"blobTrigger","name":"blob"}""", "Poll: the host does not know blobTrigger in these bindings.")]
    [InlineData("""{"type":"timerTrigger","name":"timer","schedule":"%Rhythm%"},{"type":"queue","name":"out"}""", "Poll: the host does not know timerTrigger in these bindings.")]
    public void A_function_is_indexed_or_refused(string bindings, string refusal)
    {
        WriteApp("", $$"""{"bindings":[{{bindings}}]}""");

        var failure = Record.Exception(() => HostFiles.Read(_folder.Path, Settings));

        Assert.Equal(refusal, failure?.Message ?? "");
    }

    [Theory]
    [InlineData("""{"strategy":"fixedDelay","maxRetryCount":3,"delayInterval":"00:05:00"}""", "timerTrigger", "")]
    [InlineData("""{"strategy":"guess","maxRetryCount":3,"delayInterval":"00:05:00"}""", "timerTrigger", "Poll: of the strategies only fixedDelay is known here.")]
    [InlineData("""{"strategy":"fixedDelay","maxRetryCount":3,"delayInterval":"00:05:00"}""", "queueTrigger", "Poll: messages are tried again by host.json, not by a retry policy.")]
    public void A_retry_policy_is_for_timers(string retry, string trigger, string refusal)
    {
        WriteApp("", $$"""{"bindings":[{"type":"{{trigger}}","name":"t","schedule":"%Rhythm%","queueName":"work-a","connection":"AzureWebJobsStorage"}],"retry":{{retry}}}""");

        Assert.Equal(refusal, Record.Exception(() => HostFiles.Read(_folder.Path, Settings))?.Message ?? "");
    }

    /// <summary>A handler of a few lines, which fails twice: what the host says to it the third time.</summary>
    [Fact]
    public async Task A_timer_that_failed_is_tried_again_and_told_so()
    {
        WriteApp(
            """
            #!/usr/bin/env node
            let calls = 0;
            require('http').createServer((request, response) => {
              let body = '';
              request.on('data', part => body += part).on('end', () => {
                if (request.method === 'POST') console.log(`call ${++calls}: ${body}`);
                response.writeHead(request.method === 'POST' && calls < 3 ? 500 : 200, { 'content-type': 'application/json' });
                response.end('{"Outputs":{},"Logs":[],"ReturnValue":null}');
              });
            }).listen(process.env.FUNCTIONS_CUSTOMHANDLER_PORT, '127.0.0.1');
            """,
            """{"bindings":[{"type":"timerTrigger","name":"timer","schedule":"* * * * * *"}],"retry":{"strategy":"fixedDelay","maxRetryCount":3,"delayInterval":"00:00:00.2"}}""");
        await using var host = await HostStandIn.StartAsync(HostFiles.Read(_folder.Path, Settings), rootPem: null);

        await Eventually.Async(() => Task.FromResult(host.Output.Contains("call 3: ", StringComparison.Ordinal)), TimeSpan.FromMinutes(1), () => host.Output);

        var calls = host.Output.Split('\n').Where(line => line.StartsWith("call ", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain("RetryContext", calls[0], StringComparison.Ordinal);
        Assert.Contains("\"RetryContext\":{\"RetryCount\":1,\"MaxRetryCount\":3,", calls[1], StringComparison.Ordinal);
        Assert.Contains("\"RetryContext\":{\"RetryCount\":2,\"MaxRetryCount\":3,", calls[2], StringComparison.Ordinal);
    }

    [Fact]
    public void An_app_without_its_executable_is_refused()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "host.json"), _folder.File("host.json"));

        Assert.Throws<InvalidDataException>(() => HostFiles.Read(_folder.Path, Settings));
    }

    public void Dispose() => _folder.Dispose();

    private void WriteApp(string handler, string function)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "host.json"), _folder.File("host.json"));
        var program = _folder.Write("Monitoring.App", handler);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.CreateDirectory(_folder.File("Poll"));
        _folder.Write("Poll/function.json", function);
    }
}
