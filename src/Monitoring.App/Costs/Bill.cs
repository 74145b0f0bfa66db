namespace Monitoring.App.Costs;

/// <summary>One line of a bill.</summary>
/// <param name="What">What is paid for.</param>
/// <param name="Quantity">A day.</param>
/// <param name="Price">For one unit of it.</param>
/// <param name="Unit">How much of it the price is for.</param>
/// <param name="Free">A month.</param>
internal sealed record BillLine(string What, double Quantity, double Price, double Unit, double Free)
{
    /// <summary>As if nothing were free.</summary>
    public double Day => Quantity / Unit * Price;

    public double Month => Math.Max(0, Quantity * Bill.DaysOfMonth - Free) / Unit * Price;
}

/// <summary>What a day and a month of it cost.</summary>
/// <param name="GigabyteSecondsAlone">A day, if no two runs of a function ever shared the active time of an instance.</param>
internal sealed record Bill(IReadOnlyList<BillLine> Lines, double GigabyteSecondsAlone)
{
    public const double DaysOfMonth = 30;

    public double Day => Lines.Sum(line => line.Day);

    public double Month => Lines.Sum(line => line.Month);

    /// <param name="memory">Of an instance, in GB.</param>
    public static Bill Of(CostDay day, Prices prices, double memory)
    {
        var storage = day.Storage + day.Host;
        return new Bill(
            [
                new BillLine("GB-s of active time", memory * day.Functions.Sum(function => function.BilledSeconds), prices.GigabyteSecond, 1, prices.FreeGigabyteSeconds),
                new BillLine("executions", day.Functions.Sum(function => function.Runs), prices.MillionExecutions, 1_000_000, prices.FreeExecutions),
                Requests("table requests", storage.Tables, prices.Tables),
                Requests("blob writes, lists", storage.BlobWrites, prices.BlobWrites),
                Requests("blob reads, others", storage.BlobReads, prices.BlobReads),
                Requests("queue requests", storage.Queues, prices.Queues),
            ],
            memory * day.Functions.Sum(function => function.BilledSecondsAlone));
    }

    private static BillLine Requests(string what, double quantity, double price) => new(what, quantity, price, 10_000, Free: 0);
}
