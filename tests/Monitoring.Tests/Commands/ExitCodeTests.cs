using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Storage;

namespace Monitoring.Tests.Commands;

public sealed class ExitCodeTests
{
    [Fact]
    public void Every_problem_of_a_store_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<StorageProblem>().Select(ExitCode.Of).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Theory]
    [InlineData(StorageProblem.Corrupt, "6 store damaged")]
    [InlineData(StorageProblem.Locked, "7 store locked")]
    [InlineData(StorageProblem.Full, "8 disk full")]
    [InlineData(StorageProblem.NotWritable, "9 not writable")]
    [InlineData(StorageProblem.TooNew, "10 store too new")]
    [InlineData(StorageProblem.InUse, "11 another worker runs on the store")]
    [InlineData(StorageProblem.NotEmpty, "18 store not empty")]
    [InlineData(StorageProblem.Unfinished, "19 store half filled")]
    [InlineData(StorageProblem.Failed, "13 store failed")]
    [InlineData(StorageProblem.Unreachable, "21 storage service unreachable")]
    [InlineData(StorageProblem.Denied, "22 storage access denied")]
    public void The_help_says_what_a_code_means(StorageProblem problem, string meaning)
    {
        Assert.Contains(meaning, ExitCode.Help, StringComparison.Ordinal);
        Assert.StartsWith(ExitCode.Of(problem).ToString(CultureInfo.InvariantCulture) + " ", meaning, StringComparison.Ordinal);
    }
}
