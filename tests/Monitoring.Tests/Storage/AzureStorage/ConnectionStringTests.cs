using Monitoring.Storage.AzureStorage;

namespace Monitoring.Tests.Storage.AzureStorage;

public sealed class ConnectionStringTests
{
    private const string Key = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";
    private const string Known = "DefaultEndpointsProtocol, AccountName, AccountKey, EndpointSuffix, TableEndpoint, BlobEndpoint, QueueEndpoint, FileEndpoint, SharedAccessSignature, UseDevelopmentStorage, DevelopmentStorageProxyUri";

    [Theory]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=press1;AccountKey={Key};EndpointSuffix=core.windows.net", "https://press1.table.core.windows.net/")]
    [InlineData($"AccountKey={Key};AccountName=press1", "https://press1.table.core.windows.net/")] // order, defaults
    [InlineData($" accountname = press1 ; ACCOUNTKEY = {Key} ; ", "https://press1.table.core.windows.net/")] // spaces, case
    [InlineData($"AccountName=press1;AccountKey={Key};EndpointSuffix=core.usgovcloudapi.net", "https://press1.table.core.usgovcloudapi.net/")]
    [InlineData($"AccountName=press1;AccountKey={Key};EndpointSuffix=", "https://press1.table.core.windows.net/")]
    [InlineData($"DefaultEndpointsProtocol=http;AccountName=press1;AccountKey={Key}", "http://press1.table.core.windows.net/")]
    [InlineData($"AccountName=press1;AccountKey={Key};TableEndpoint=http://127.0.0.1:1/press1/;BlobEndpoint=http://127.0.0.1:2/press1;QueueEndpoint=http://127.0.0.1:3/press1", "http://127.0.0.1:1/press1")]
    [InlineData($"AccountName=press1;AccountKey={Key};TableEndpoint=https://tables.example.test/", "https://tables.example.test/")] // the others by name
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("usedevelopmentstorage=True;", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite", "http://azurite:10002/devstoreaccount1")]
    public void A_good_one_says_where_the_tables_are(string text, string tables)
    {
        var account = ConnectionString.Parse(text);

        Assert.Equal(tables, account.Tables.AbsoluteUri);
        Assert.IsType<StorageCredential.SharedKey>(account.Credential);
    }

    [Theory]
    [InlineData("?sv=2021-12-02&sig=abc%3D")]
    [InlineData("sv=2021-12-02&sig=abc%3D")]
    public void A_shared_access_signature_comes_with_and_without_its_question_mark(string signature)
    {
        var account = ConnectionString.Parse($"TableEndpoint=https://t.test/;BlobEndpoint=https://b.test/;QueueEndpoint=https://q.test/;SharedAccessSignature={signature}");

        Assert.Equal(new StorageCredential.SharedAccessSignature("sv=2021-12-02&sig=abc%3D"), account.Credential);
    }

    [Fact]
    public void The_three_services_have_their_own_places()
    {
        var account = ConnectionString.Parse("UseDevelopmentStorage=true");

        Assert.Equal(["http://127.0.0.1:10002/devstoreaccount1", "http://127.0.0.1:10000/devstoreaccount1", "http://127.0.0.1:10001/devstoreaccount1"], [account.Tables.AbsoluteUri, account.Blobs.AbsoluteUri, account.Queues.AbsoluteUri]);
    }

    [Theory]
    [InlineData("", "The connection string is empty.")]
    [InlineData(" ; ;", "The connection string is empty.")]
    [InlineData(Key, $"Part 1 of the connection string is not NAME=VALUE with a known name ({Known}).")]
    [InlineData($"AccountName=press1;Password={Key}", $"Part 2 of the connection string is not NAME=VALUE with a known name ({Known}).")]
    [InlineData($"=press1;AccountKey={Key}", $"Part 1 of the connection string is not NAME=VALUE with a known name ({Known}).")]
    [InlineData($"AccountName=press1;AccountKey={Key};accountname=press2", "accountname stands twice in the connection string.")]
    [InlineData($"AccountKey={Key}", "AccountName is missing in the connection string.")]
    [InlineData("AccountName=press1", "AccountKey or SharedAccessSignature is missing in the connection string.")]
    [InlineData("AccountName=press1;AccountKey=", "AccountKey is not base64: a key of a storage account has 88 characters and ends in \"==\".")]
    [InlineData("AccountName=press1;AccountKey=secret!", "AccountKey is not base64: a key of a storage account has 88 characters and ends in \"==\".")]
    [InlineData($"AccountName=Press_1;AccountKey={Key}", "AccountName is 3 to 24 lower-case letters and digits.")]
    [InlineData($"AccountName=ab;AccountKey={Key}", "AccountName is 3 to 24 lower-case letters and digits.")]
    [InlineData($"DefaultEndpointsProtocol=ftp;AccountName=press1;AccountKey={Key}", "DefaultEndpointsProtocol is https or http.")]
    [InlineData($"AccountName=press1;AccountKey={Key};TableEndpoint=tables", "TableEndpoint is no address such as https://account.table.core.windows.net/.")]
    [InlineData($"AccountName=press1;AccountKey={Key};BlobEndpoint=ftp://b.test", "BlobEndpoint is no address such as https://account.blob.core.windows.net/.")]
    [InlineData($"AccountName=press1;AccountKey={Key};QueueEndpoint=https://q.test/?sig=1", "QueueEndpoint is no address such as https://account.queue.core.windows.net/.")]
    [InlineData("SharedAccessSignature=sv=1", "SharedAccessSignature has no sig= in it.")]
    [InlineData("SharedAccessSignature=sv=1&sig=abc", "TableEndpoint is missing in the connection string.")]
    [InlineData("UseDevelopmentStorage=false", "UseDevelopmentStorage can only be true.")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=azurite", "DevelopmentStorageProxyUri is no address such as http://127.0.0.1.")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=file:///tmp", "DevelopmentStorageProxyUri is no address such as http://127.0.0.1.")]
    [InlineData($"AccountName=press1;AccountKey={Key};EndpointSuffix=core windows net", "EndpointSuffix is no name such as core.windows.net.")]
    public void A_bad_one_is_told_without_a_secret(string text, string message)
    {
        var told = Assert.Throws<FormatException>(() => ConnectionString.Parse(text)).Message;

        Assert.Equal(message, told);
        Assert.DoesNotContain(Key, told, StringComparison.Ordinal);
    }

    [Fact]
    public void No_credential_prints_its_secret()
    {
        StorageCredential[] credentials = [new StorageCredential.SharedKey("press1", Convert.FromBase64String(Key)), new StorageCredential.SharedAccessSignature("sig=secret")];

        Assert.Equal(["key of press1", "shared access signature"], credentials.Select(credential => $"{credential}"));
        Assert.All(credentials, credential => Assert.DoesNotContain("secret", $"{StorageAccount.Named("press1", credential)}", StringComparison.Ordinal));
    }
}
