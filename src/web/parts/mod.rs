//! Small parts that every screen uses: icons, menus, dialogs.

pub mod dialog;
pub mod icon;
pub mod menu;
pub mod toast;
