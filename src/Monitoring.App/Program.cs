using Monitoring.App;
using Monitoring.App.Hosting;

return await MonitoringProgram.RunAsync(args, OutsideWorld.Real);
