namespace Monitoring.Watchlist.Files;

/// <summary>How the fields of a recipient are called, read and written.</summary>
internal static class RecipientForm
{
    public static Recipient Read(FieldReader fields)
    {
        var recipient = new Recipient
        {
            Id = "",
            Name = fields.Text("name"),
            Address = fields.NeedMailAddress("address"),
            Language = fields.OneOf("language", "en", "ru", "kk") ?? "en",
            TimeZone = fields.TimeZone() ?? "UTC",
            Digest = fields.TimeOfDay("digest"),
            Weekly = fields.Choice<DayOfWeek>("weekly"),
            EmptyDigests = fields.Flag("emptyDigests") ?? true,
            AtOnce = fields.Choice<Severity>("atOnce"),
            Sites = fields.Flag("sites") ?? true,
            Countries = fields.Countries("countries"),
            Only = fields.Texts("only"),
            Follow = fields.Texts("follow"),
            Rules = TellingRulesField.Read(fields),
            Quiet = QuietField.Read(fields),
            MostPerHour = fields.Count("mostPerHour", Recipient.FewestPerHour, Recipient.MostMailsPerHour),
            Sensitive = fields.Flag("sensitive") ?? false,
            PgpKey = PgpKeyField.Read(fields),
        };
        fields.Require(recipient.Weekly is null || fields.Has("digest"), "weekly", "needs 'digest', the time of day at which it comes");
        fields.Require(!recipient.Sensitive || fields.Has("digest"), "sensitive", "needs 'digest', the time of day of the one mail that comes");
        return recipient;
    }

    public static void Write(Recipient recipient, FieldWriter fields)
    {
        fields
            .Text("address", recipient.Address)
            .Text("language", recipient.Language)
            .Text("timeZone", recipient.TimeZone)
            .TimeOfDay("digest", recipient.Digest)
            .Choice<DayOfWeek>("weekly", recipient.Weekly)
            .Flag("emptyDigests", recipient.EmptyDigests ? null : false)
            .Choice<Severity>("atOnce", recipient.AtOnce)
            .Flag("sites", recipient.Sites)
            .Texts("countries", recipient.Countries)
            .Texts("only", recipient.Only)
            .Texts("follow", recipient.Follow)
            .Text(QuietField.Name, QuietField.Word(recipient.Quiet))
            .Count("mostPerHour", recipient.MostPerHour)
            .Flag("sensitive", recipient.Sensitive ? true : null)
            .Text(PgpKeyField.Name, recipient.PgpKey);
        TellingRulesField.Write(recipient.Rules, fields);
    }
}
