using Monitoring.EndToEnd.FunctionsHost;

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
        File.Copy(Path.Combine(AppContext.BaseDirectory, "host.json"), _folder.File("host.json"));
        _folder.Write("Monitoring.App", "");
        Directory.CreateDirectory(_folder.File("Poll"));
        _folder.Write("Poll/function.json", $$"""{"bindings":[{{bindings}}]}""");

        var failure = Record.Exception(() => HostFiles.Read(_folder.Path, Settings));

        Assert.Equal(refusal, failure?.Message ?? "");
    }

    [Fact]
    public void An_app_without_its_executable_is_refused()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "host.json"), _folder.File("host.json"));

        Assert.Throws<InvalidDataException>(() => HostFiles.Read(_folder.Path, Settings));
    }

    public void Dispose() => _folder.Dispose();
}
