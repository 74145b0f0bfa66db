using System.Text.Json;
using System.Text.RegularExpressions;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Infra;

/// <summary>There is no Bicep compiler here: what it would find first is looked for in the text.</summary>
public sealed partial class BicepTests
{
    public static TheoryData<string> Files => [.. BicepFile.All.Select(file => Path.GetRelativePath(Repository.Path("infra"), file.Path))];

    [Fact]
    public void There_is_one_module_for_each_resource()
    {
        Assert.Equal(
            ["alerts", "app", "auth", "identity", "insights", "plan", "roles", "storage", "vault"],
            BicepFile.All.Where(file => file.Path.Contains("modules", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file.Path)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Braces_brackets_and_quotes_close(string name)
    {
        var code = BicepFile.Named(name).Code;
        var open = new Stack<char>();
        foreach (var character in code)
        {
            switch (character)
            {
                case '{' or '[' or '(':
                    open.Push(character);
                    break;
                case '}' or ']' or ')':
                    Assert.Equal(character switch { '}' => '{', ']' => '[', _ => '(' }, open.Pop());
                    break;
                default:
                    break;
            }
        }

        Assert.Empty(open);
        Assert.Equal(0, code.Count(character => character == '\'') % 2);
        Assert.DoesNotContain('"', code);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_name_that_is_used_is_declared_and_every_parameter_is_used(string name)
    {
        var file = BicepFile.Named(name);

        Assert.Empty(file.Used.Except(file.Symbols).Except(file.Outputs));
        Assert.All(file.Parameters, parameter => Assert.True(Regex.Count(file.Code, $@"\b{parameter}\b") > 1, parameter));
    }

    [Fact]
    public void Every_module_exists_and_gets_its_parameters_and_no_other()
    {
        var modules = BicepFile.Named("main.bicep").Modules.ToList();

        Assert.Equal(Regex.Count(BicepFile.Named("main.bicep").Code, "^module ", RegexOptions.Multiline), modules.Count);
        Assert.All(modules, module =>
        {
            var file = BicepFile.Read(Repository.Path("infra", module.File));
            Assert.Empty(module.Given.Except(file.Parameters));
            Assert.Empty(file.RequiredParameters.Except(module.Given));
        });
    }

    [Fact]
    public void Every_output_that_is_read_is_written()
    {
        var main = BicepFile.Named("main.bicep");
        var outputs = main.Modules.ToDictionary(module => module.Symbol, module => BicepFile.Read(Repository.Path("infra", module.File)).Outputs.ToList());
        var read = OutputOf().Matches(main.Code).Select(match => (Module: match.Groups[1].Value, Output: match.Groups[2].Value)).ToList();

        Assert.NotEmpty(read);
        Assert.All(read, pair => Assert.Contains(pair.Output, outputs[pair.Module]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Resources_have_the_api_versions_that_were_seen_working(string name)
    {
        string[] known =
        [
            "Microsoft.Storage/storageAccounts@2023-05-01", "Microsoft.Storage/storageAccounts/blobServices@2023-05-01", "Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01",
            "Microsoft.Storage/storageAccounts/queueServices@2023-05-01", "Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01", "Microsoft.Web/serverfarms@2024-04-01",
            "Microsoft.Web/sites@2024-04-01", "Microsoft.Web/sites/config@2023-12-01", "Microsoft.OperationalInsights/workspaces@2023-09-01", "Microsoft.Insights/components@2020-02-02",
            "Microsoft.KeyVault/vaults@2023-07-01", "Microsoft.KeyVault/vaults/secrets@2023-07-01", "Microsoft.Authorization/roleAssignments@2022-04-01", "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31",
            "Microsoft.Insights/actionGroups@2023-01-01", "Microsoft.Insights/scheduledQueryRules@2022-06-15",
        ];

        Assert.Empty(ResourceType().Matches(BicepFile.Named(name).Text).Select(match => match.Groups[1].Value).Except(known));
    }

    [Fact]
    public void The_sample_of_parameters_gives_what_is_required_and_nothing_unknown()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.Path("infra", "main.parameters.sample.json")));
        var given = json.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).ToList();
        var main = BicepFile.Named("main.bicep");

        Assert.Empty(given.Except(main.Parameters));
        Assert.Empty(main.RequiredParameters.Except(given));
    }

    [Theory]
    [InlineData("param a string\nvar b = a\nvar c = d", "d")]
    [InlineData("var b = { key: 'x${missing.name}' }", "missing")]
    [InlineData("param a string\nvar b = [for x in a: x.y]\nvar c = b\n// d e f", "")]
    public void The_reader_finds_a_name_that_nobody_declared(string text, string expected)
    {
        using var folder = new TempFolder();
        var file = BicepFile.Read(folder.Write("a.bicep", text));

        Assert.Equal(expected, string.Join(' ', file.Used.Except(file.Symbols)));
    }

    [GeneratedRegex(@"\b(\w+)\.outputs\.(\w+)")]
    private static partial Regex OutputOf();

    [GeneratedRegex("'(Microsoft[^']*@[^']*)'")]
    private static partial Regex ResourceType();
}
