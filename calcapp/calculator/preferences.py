"""How one reads and writes: decimal mark, digits, angles, dates, and how long history is kept."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from calcapp.calculator import bp
from calcapp.calculator.forms import PreferencesForm
from calcapp.extensions import db


@bp.route("/account/preferences", methods=["GET", "POST"])
def preferences():
    form = PreferencesForm.of(current_user)
    if form.validate_on_submit():
        form.apply_to(current_user)
        db.session.commit()
        flash("Saved your preferences.")
        return redirect(url_for(".preferences"), 303)
    return render_template("calculator/preferences.html", form=form), 422 if form.is_submitted() else 200
