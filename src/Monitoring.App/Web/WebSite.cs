using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using Monitoring.App.Web.Access;
using Monitoring.App.Web.Reports;
using Monitoring.Storage;

namespace Monitoring.App.Web;

/// <summary>The pages: what they need, and the order of what a request goes through.</summary>
internal static class WebSite
{
    public static IServiceCollection AddWebSite(this IServiceCollection services)
    {
        services.AddSingleton<Clock>().AddSingleton<AccessToken>().AddSingleton<Readiness>();

        // Without it Razor writes Cyrillic as entities.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "monitoring-forms";
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddDataProtection().SetApplicationName("Monitoring");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new BlobKeyRing(provider.GetRequiredService<IBlobStore>())));
        return services;
    }

    public static void UseWebSite(this WebApplication app)
    {
        app.UseExceptionHandler(error => error.Run(ErrorPage.WriteAsync));
        app.Use(SecurityHeaders.AddAsync);
        app.UseMiddleware<AccessGate>();
        app.UseWhen(context => HttpMethods.IsGet(context.Request.Method), get => get.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseStaticFiles();
        app.UseRouting();
        app.UseAntiforgery();
        app.MapEndpoints();
        app.MapReports();
        app.MapRazorComponents<Shell>();
    }
}
