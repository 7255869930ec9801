//! Small parts that every screen uses: icons, menus, dialogs, messages, and where the focus goes.

pub mod dialog;
pub mod focus;
pub mod icon;
pub mod menu;
pub mod picker;
pub mod toast;
