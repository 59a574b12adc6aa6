using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages;

/// <summary>Every component with long texts, errors and nothing in it, for who builds pages. Only in Development.</summary>
[AllowAnonymous]
public sealed class GalleryModel(IWebHostEnvironment environment, FormState form, PageLanguage language) : PageModel
{
    public bool WithErrors { get; private set; }

    public IActionResult OnGet(string? lang, bool errors, bool wide)
    {
        if (!environment.IsDevelopment())
            return NotFound();
        if (lang is "kk" or "ru" or "en")
            language.Choose(lang);
        ViewData["Wide"] = wide;
        if (errors)
            Complain();
        return Page();
    }

    private void Complain()
    {
        WithErrors = true;
        var kazakh = language.Code == "kk";
        form.Add("position", kazakh ? "Лауазымыңызды жазыңыз" : "Напишите вашу должность");
        form.Add("until", kazakh ? "Санаттың мерзімі аяқталатын күнді жазыңыз" : "Укажите день, когда заканчивается категория");
        form.Add("claimed", kazakh ? "Қандай санатқа өтініш беріп отырғаныңызды таңдаңыз" : "Выберите, на какую категорию вы подаёте заявку");
        form.Add("subject", kazakh ? "Пәнді таңдаңыз" : "Выберите предмет");
        form.Add("about", kazakh ? "Мәтін 2000 таңбадан аспасын" : "Сократите текст до 2000 символов");
        form.Add("file", kazakh ? "Кемінде бір файл тіркеңіз" : "Прикрепите хотя бы один файл");
        form.Add("password", kazakh ? "Құпиясөз кемінде 10 таңбадан тұрсын" : "Пароль должен быть не короче 10 символов");
        form.Add("rules", kazakh ? "Қағидалармен танысқаныңызды растаңыз" : "Подтвердите, что вы ознакомились с правилами");
    }
}
