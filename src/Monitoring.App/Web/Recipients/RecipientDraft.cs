using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.App.Web.Recipients;

/// <summary>What stands in the form of a recipient, right or wrong: texts by the names of their fields, those of rules as <c>rules[0].when</c>.</summary>
internal sealed class RecipientDraft
{
    private static readonly IEnumerable<FormField> Own = FormField.Groups.SelectMany(group => group.Fields);

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Rules shown, the last of them empty for a new one.</summary>
    public int Rules { get; private set; }

    public string this[string path] => _texts.GetValueOrDefault(path, "");

    public static string PathOf(int rule, string field) => TellingRulesField.At(rule, field);

    /// <summary>Before anything is typed.</summary>
    public static RecipientDraft New()
    {
        var draft = new RecipientDraft { Rules = 1 };
        foreach (var (field, value) in new[] { ("digest", "07:30"), ("emptyDigests", "true"), ("sites", "true"), ("timeZone", "Asia/Almaty") })
        {
            draft._texts[field] = value;
        }

        return draft;
    }

    /// <summary>Of a recipient as it stands in the list.</summary>
    public static RecipientDraft Of(Recipient recipient)
    {
        var draft = new RecipientDraft();
        var map = EntryForm.Of(EntryKind.Recipient).Write(recipient);
        draft.Take(map, Own, field => field);
        draft._texts.TryAdd("emptyDigests", "true");
        foreach (var (index, rule) in (map[TellingRulesField.Name] is Node.List rules ? rules.Items : []).Index())
        {
            draft.Take((Node.Map)rule, FormField.OfRule, field => PathOf(index, field));
        }

        draft.Rules = recipient.Rules.Count + 1;
        return draft;
    }

    /// <summary>As it was typed.</summary>
    public static RecipientDraft Of(IFormCollection form)
    {
        var draft = new RecipientDraft { Rules = 1 };
        foreach (var (name, value) in form)
        {
            draft._texts[name] = value.ToString().ReplaceLineEndings("\n");
        }

        while (draft.Rules <= Recipient.MostRules && FormField.OfRule.Any(field => form.ContainsKey(PathOf(draft.Rules, field.Name))))
        {
            draft.Rules++;
        }

        // A rule that was added shows with the next empty one below it.
        draft.Rules += draft.IsEmpty(draft.Rules - 1) ? 0 : 1;
        return draft;
    }

    public bool IsRemoved(int rule) => this[PathOf(rule, "remove")] == "true";

    public bool IsEmpty(int rule) => FormField.OfRule.All(field => field.Nothing is null && field.Choices.Count > 0 || this[PathOf(rule, field.Name)].Trim().Length == 0);

    /// <summary>The same in the shape of a file, without rules that are empty or to be removed; and of those that are left the number in the form.</summary>
    public (Node.Map Fields, IReadOnlyList<int> Rules) Write()
    {
        int[] kept = [.. Enumerable.Range(0, Rules).Where(rule => !IsEmpty(rule) && !IsRemoved(rule))];
        var fields = NodesOf(Own, field => field).ToList();
        if (kept.Length > 0)
        {
            fields.Add(KeyValuePair.Create<string, Node>(TellingRulesField.Name, new Node.List([.. kept.Select(rule => new Node.Map([.. NodesOf(FormField.OfRule, field => PathOf(rule, field))]))])));
        }

        return (new Node.Map(fields), kept);
    }

    private void Take(Node.Map map, IEnumerable<FormField> fields, Func<string, string> path)
    {
        foreach (var field in fields)
        {
            switch (map[field.Name])
            {
                case Node.Scalar scalar:
                    _texts[path(field.Name)] = scalar.Value;
                    break;
                case Node.List list:
                    _texts[path(field.Name)] = string.Join(field.Shape is FieldShape.Codes ? ", " : "\n", list.Items.OfType<Node.Scalar>().Select(item => item.Value));
                    break;
                default:
                    break;
            }
        }
    }

    private IEnumerable<KeyValuePair<string, Node>> NodesOf(IEnumerable<FormField> fields, Func<string, string> path)
    {
        foreach (var field in fields)
        {
            var text = this[path(field.Name)].Trim();
            Node? node = field.Shape switch
            {
                FieldShape.Flag => new Node.Scalar(text.Length == 0 ? "false" : text),
                FieldShape.Lines => ListOf(text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
                FieldShape.Codes => ListOf(text.Split([',', ';', ' ', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
                _ => text.Length == 0 ? null : new Node.Scalar(text),
            };
            if (node is not null)
            {
                yield return KeyValuePair.Create(field.Name, node);
            }
        }
    }

    private static Node.List? ListOf(string[] texts) => texts.Length == 0 ? null : new Node.List([.. texts.Select(text => new Node.Scalar(text))]);
}
