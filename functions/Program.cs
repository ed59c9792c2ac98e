var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/health/live", () => Results.Json(new { status = "live" }));
await app.RunAsync();
